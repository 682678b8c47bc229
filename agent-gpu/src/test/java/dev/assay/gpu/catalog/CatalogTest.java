package dev.assay.gpu.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final Percentage ROUNDING = Percentage.withPercentage(2.5);

  private static final Catalog CATALOG = Catalog.load();

  private static Optional<Double> of(Model model, Figure figure) {
    OptionalLong value = model.figure(figure);
    return value.isPresent() ? Optional.of((double) value.getAsLong()) : Optional.empty();
  }

  @Test
  void everyGenerationAndMarketIsThere() {
    assertThat(CATALOG.models()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(CATALOG.models().stream().map(Model::computeCapability).collect(Collectors.toSet()))
        .contains("7.5", "8.0", "8.6", "8.9", "9.0", "10.0", "12.0");
    assertThat(CATALOG.models().stream().map(Model::market).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Model.Market.values());
    assertThat(CATALOG.models()).extracting(Model::label).doesNotHaveDuplicates();
  }

  @Test
  void everyFigureHasItsSource() {
    for (Model model : CATALOG.models()) {
      model
          .figures()
          .forEach(
              (figure, value) ->
                  assertThat(value.origin().url())
                      .as("%s of %s", figure, model.label())
                      .startsWith("https://"));
      assertThat(model.pciIds()).as(model.label()).isNotEmpty();
    }
  }

  @Test
  void bandwidthIsBusWidthTimesDataRate() {
    for (Model model : CATALOG.models()) {
      if (of(model, Figure.MEMORY_BUS_BITS).isPresent()) {
        assertThat(of(model, Figure.BANDWIDTH).orElseThrow())
            .as(model.label())
            .isCloseTo(
                of(model, Figure.MEMORY_BUS_BITS).orElseThrow()
                    / 8
                    * of(model, Figure.BITS_PER_SECOND_PER_PIN).orElseThrow(),
                ROUNDING);
      }
    }
  }

  /** Operations a clock of one multiprocessor, as docs/gpu.md lists them. */
  @Test
  void vectorRatesAreMultiprocessorsTimesClockTimesLanes() {
    Map<String, Double> singles = Map.of("7.5", 128.0, "8.0", 128.0);
    Map<String, Double> doubles = Map.of("8.0", 64.0, "9.0", 128.0, "10.0", 128.0);
    for (Model model : CATALOG.models()) {
      double clocks =
          of(model, Figure.MULTIPROCESSORS).orElseThrow()
              * of(model, Figure.BOOST_HERTZ).orElseThrow();
      assertThat(of(model, Figure.FP32_FLOPS).orElseThrow())
          .as(model.label())
          .isCloseTo(clocks * singles.getOrDefault(model.computeCapability(), 256.0), ROUNDING);
      assertThat(of(model, Figure.FP64_FLOPS).orElseThrow())
          .as(model.label())
          .isCloseTo(clocks * doubles.getOrDefault(model.computeCapability(), 4.0), ROUNDING);
    }
  }

  @Test
  void eightBitsAreTwiceAsFastAsSixteenAndFourTimesWhereSumsOf32BitsAreHalved() {
    for (Model model : CATALOG.models()) {
      Optional<Double> wide = of(model, Figure.FP16_TENSOR_FLOPS);
      if (wide.isPresent()) {
        double ratio = of(model, Figure.INT8_TENSOR_OPS).orElseThrow() / wide.get();
        assertThat(ratio)
            .as(model.label())
            .isCloseTo(model.market() == Model.Market.CONSUMER ? 4.0 : 2.0, within(0.05));
      }
    }
  }

  /** Published tensor rates are for clocks a little below the boost clock. */
  @Test
  void tensorRatesAreNoMoreThanTheirMultiprocessorsCanDo() {
    Map<String, Double> perClock =
        Map.of("7.5", 2048.0, "8.0", 4096.0, "9.0", 8192.0, "10.0", 16384.0);
    for (Model model : CATALOG.models()) {
      of(model, Figure.INT8_TENSOR_OPS)
          .ifPresent(
              rate ->
                  assertThat(
                          rate
                              / of(model, Figure.MULTIPROCESSORS).orElseThrow()
                              / of(model, Figure.BOOST_HERTZ).orElseThrow()
                              / perClock.getOrDefault(model.computeCapability(), 2048.0))
                      .as(model.label())
                      .isBetween(0.85, 1.01));
    }
  }

  @Test
  void figuresThatAreWidelyKnownAreRight() {
    Model h100 = CATALOG.named("NVIDIA H100 80GB HBM3").getFirst();
    assertThat(h100.figure(Figure.MULTIPROCESSORS)).hasValue(132);
    assertThat(h100.figure(Figure.BANDWIDTH)).hasValue(3_350_000_000_000L);
    assertThat(h100.figure(Figure.INT8_TENSOR_OPS)).hasValue(1_979_000_000_000_000L);
    Model ada = CATALOG.named("NVIDIA GeForce RTX 4090").getFirst();
    assertThat(ada.figure(Figure.BANDWIDTH)).hasValue(1_008_000_000_000L);
    assertThat(of(ada, Figure.INT8_TENSOR_OPS).orElseThrow())
        .isCloseTo(660.6e12, Percentage.withPercentage(0.1));
  }

  @Test
  void anIdOnThePciBusIsOfOneNameOnly() {
    Map<PciId, String> names = new HashMap<>();
    for (Model model : CATALOG.models()) {
      for (PciId id : model.pciIds()) {
        String other = names.put(id, model.name());
        boolean sameBoard =
            model.name().equals("Quadro RTX 8000") && "Quadro RTX 6000".equals(other);
        assertThat(other == null || other.equals(model.name()) || sameBoard)
            .as("%s is %s and %s", id, model.name(), other)
            .isTrue();
      }
    }
    assertThat(CATALOG.withPciId(0x2684, OptionalLong.empty()))
        .extracting(Model::name)
        .containsExactly("NVIDIA GeForce RTX 4090");
    assertThat(CATALOG.withPciId(0x25b6, OptionalLong.of(0x10de157eL)))
        .extracting(Model::name)
        .containsExactly("NVIDIA A2");
    assertThat(CATALOG.withPciId(0x25b6, OptionalLong.empty())).hasSize(2);
  }

  @Test
  void bandwidthIsFoundByNameOrByPciId() {
    assertThat(CATALOG.bandwidth("NVIDIA A100-SXM4-80GB")).hasValue(2_039_000_000_000L);
    assertThat(CATALOG.bandwidth("a100-sxm4-80gb")).hasValue(2_039_000_000_000L);
    assertThat(CATALOG.bandwidth("0x2684")).hasValue(1_008_000_000_000L);
    assertThat(CATALOG.bandwidth("2684")).hasValue(1_008_000_000_000L);
    assertThat(CATALOG.bandwidth("NVIDIA GeForce RTX 3080"))
        .as("the lower of the two of that name")
        .hasValue(760_000_000_000L);
    assertThat(CATALOG.bandwidth("NVIDIA GeForce RTX 9090")).isEmpty();
    assertThat(CATALOG.bandwidth("ffff")).isEmpty();
    assertThat(CATALOG.bandwidth("")).isEmpty();
  }

  @Test
  void theMemoryTellsModelsOfOneNameApart() {
    assertThat(CATALOG.named("NVIDIA GeForce RTX 4060 Ti"))
        .extracting(Model::label)
        .isEqualTo(
            List.of("NVIDIA GeForce RTX 4060 Ti (8 GiB)", "NVIDIA GeForce RTX 4060 Ti (16 GiB)"));
    assertThat(CATALOG.named("NVIDIA GeForce RTX 4060 Ti", 15L << 30).map(Model::label))
        .contains("NVIDIA GeForce RTX 4060 Ti (16 GiB)");
  }
}
