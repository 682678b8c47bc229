package dev.assay.gpu.catalog;

/**
 * How well a model explains the observations.
 *
 * @param likelihood 1 if every observation is as usual for the model, falling towards 0
 * @param confidence the likelihood's share among all models of the catalogue, 0 to 1
 * @param worst the deviations of the observation that fits least; above 0 if the device is faster
 */
public record Fit(Model model, double likelihood, double confidence, double worst) {
  /** Whether every observation can be explained by this model. */
  public boolean plausible() {
    return Math.abs(worst) <= Expectation.LIMIT;
  }
}
