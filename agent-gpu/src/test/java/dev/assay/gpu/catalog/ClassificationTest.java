package dev.assay.gpu.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private static final Catalog CATALOG = Catalog.load();
  private static final List<Figure> PROVABLE =
      List.of(Figure.MEMORY_BYTES, Figure.BANDWIDTH, Figure.INT8_TENSOR_OPS);

  private static Observation proven(Figure figure, double value) {
    return new Observation(figure, (long) value, true);
  }

  private static Observation measured(Figure figure, double value) {
    return new Observation(figure, (long) value, false);
  }

  /** What the model proves, each figure times that factor of what is usual. */
  private static List<Observation> asUsual(Model model, double factor) {
    List<Observation> observations = new ArrayList<>();
    for (Figure figure : PROVABLE) {
      model
          .figure(figure)
          .ifPresent(
              value ->
                  observations.add(
                      proven(figure, value * Expectation.of(figure, true).share() * factor)));
    }
    return observations;
  }

  private static Model model(String name) {
    return CATALOG.named(name).getFirst();
  }

  @Test
  void everyModelBehavesLikeItself() {
    for (Model model : CATALOG.models()) {
      Classification found = Classification.of(CATALOG, model.name(), asUsual(model, 1));
      assertThat(found.finding()).as(model.label()).isInstanceOf(Finding.Consistent.class);
      Fit best = found.fits().getFirst();
      Fit own =
          found.fits().stream().filter(fit -> fit.model().equals(model)).findFirst().orElseThrow();
      assertThat(own.confidence())
          .as("no model fits %s better than itself", model.label())
          .isEqualTo(best.confidence());
    }
  }

  @Test
  void aNameThatIsNotItsOwnIsNamedTogetherWithTheLikelyOne() {
    Classification found =
        Classification.of(
            CATALOG, "NVIDIA H100 80GB HBM3", asUsual(model("NVIDIA GeForce RTX 4090"), 1));

    assertThat(found.finding())
        .isInstanceOfSatisfying(
            Finding.SaysXBehavesLikeY.class,
            finding -> {
              assertThat(finding.claimed()).isEqualTo("NVIDIA H100 80GB HBM3");
              assertThat(finding.likely().model().name()).isEqualTo("NVIDIA GeForce RTX 4090");
              assertThat(finding.likely().confidence()).isGreaterThan(0.5);
            });
    assertThat(found.finding().sentence())
        .startsWith(
            "Says NVIDIA H100 80GB HBM3, behaves like NVIDIA GeForce RTX 4090 (24 GiB)"
                + " (confidence ");
  }

  @Test
  void aCardThatClaimsLessThanItDoesIsNamedToo() {
    Classification found =
        Classification.of(
            CATALOG, "NVIDIA GeForce RTX 3090", asUsual(model("NVIDIA GeForce RTX 4090"), 1));

    assertThat(found.finding()).isInstanceOf(Finding.SaysXBehavesLikeY.class);
  }

  @Test
  void memoryThatIsNotThereIsEnough() {
    Classification found =
        Classification.of(
            CATALOG,
            "NVIDIA A100-SXM4-80GB",
            List.of(proven(Figure.MEMORY_BYTES, 0.95 * (40L << 30))));

    assertThat(found.finding()).isInstanceOf(Finding.SaysXBehavesLikeY.class);
    assertThat(found.fits())
        .extracting(fit -> fit.model().name())
        .contains("NVIDIA A100-SXM4-40GB");
  }

  @Test
  void aSharedOrThrottledDeviceIsStillItself() {
    Model ada = model("NVIDIA GeForce RTX 4090");
    List<Observation> slow =
        List.of(
            proven(Figure.MEMORY_BYTES, 0.82 * ada.figure(Figure.MEMORY_BYTES).getAsLong()),
            proven(Figure.BANDWIDTH, 0.55 * ada.figure(Figure.BANDWIDTH).getAsLong()),
            proven(Figure.INT8_TENSOR_OPS, 0.45 * ada.figure(Figure.INT8_TENSOR_OPS).getAsLong()));

    assertThat(Classification.of(CATALOG, ada.name(), slow).finding())
        .isInstanceOf(Finding.Consistent.class);
  }

  @Test
  void nothingIsFasterThanItself() {
    Model h100 = model("NVIDIA H100 80GB HBM3");
    assertThat(
            Classification.of(
                    CATALOG,
                    h100.name(),
                    List.of(
                        measured(Figure.BANDWIDTH, 1.3 * h100.figure(Figure.BANDWIDTH).getAsLong()),
                        proven(Figure.MEMORY_BYTES, 0.95 * (80L << 30))))
                .finding())
        .isInstanceOf(Finding.BehavesLikeNone.class);
  }

  @Test
  void anUnknownModelIsNeitherTrueNorFalse() {
    Classification found =
        Classification.of(
            CATALOG, "NVIDIA GeForce RTX 9090", asUsual(model("NVIDIA GeForce RTX 4090"), 1));

    assertThat(found.finding()).isEqualTo(new Finding.UnknownModel("NVIDIA GeForce RTX 9090"));
    assertThat(found.fits().getFirst().model().name())
        .as("what it resembles is told all the same")
        .isEqualTo("NVIDIA GeForce RTX 4090");
  }

  @Test
  void withoutMeasurementsThereIsNoJudgement() {
    assertThat(Classification.of(CATALOG, "NVIDIA B200", List.of()).finding())
        .isInstanceOf(Finding.NothingMeasured.class);
    assertThat(
            Classification.of(
                    CATALOG, "NVIDIA B200", List.of(measured(Figure.L2_BYTES, 100L << 20)))
                .finding())
        .as("a figure that the catalogue lacks")
        .isInstanceOf(Finding.NothingMeasured.class);
  }

  @Test
  void confidencesAreSharesOfOne() {
    Classification found =
        Classification.of(CATALOG, "NVIDIA L4", asUsual(model("NVIDIA L4"), 0.9));
    assertThat(found.fits().stream().mapToDouble(Fit::confidence).sum()).isBetween(0.95, 1.000001);
  }
}
