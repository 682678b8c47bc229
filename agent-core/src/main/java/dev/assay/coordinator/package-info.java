/**
 * The reference coordinator: enrols nodes, challenges them, verifies what they answer, gives them
 * jobs, and cosigns their logs.
 *
 * <p>Three desks share one database and one set of sessions. The {@link
 * dev.assay.coordinator.ProofDesk} takes a proof from challenge to result and times it; the {@link
 * dev.assay.coordinator.JobDesk} takes a job from order to acknowledged end; the {@link
 * dev.assay.coordinator.WitnessDesk} cosigns checkpoints that continue what it cosigned before.
 * Whatever one node does wrong ends in that node's message, session or proof; nothing else notices.
 */
package dev.assay.coordinator;
