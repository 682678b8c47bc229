package dev.assay.gpu.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.json.JsonException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogFileTest {
  private static final String GOOD =
      """
      {"sources": {"page": {"title": "A page", "url": "https://example.org/page"}},
       "models": [
         {"name": "X", "class": "consumer", "chip": "C", "computeCapability": "8.9",
          "pciIds": {"source": "page", "values": ["2684", "25b6/10de:157e"]},
          "figures": [
            {"source": "page", "multiprocessors": 128, "memoryBytes": 25769803776},
            {"source": "https://example.org/other", "tdpWatts": 450}],
          "absent": {
            "memoryBusBits": "no source", "bitsPerSecondPerPin": "no source",
            "bandwidth": "no source", "l2Bytes": "no source", "boostHertz": "no source",
            "fp32Flops": "no source", "fp64Flops": "no source", "fp16TensorFlops": "no source",
            "int8TensorOps": "no source"}}]}
      """;

  private static java.util.List<Model> read(String text) {
    return CatalogFile.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void figuresComeWithTheirSourcesAndGapsWithTheirReasons() {
    Model model = read(GOOD).getFirst();

    assertThat(model.figures().get(Figure.MULTIPROCESSORS))
        .isEqualTo(new Sourced(128, new Origin("A page", "https://example.org/page")));
    assertThat(model.figures().get(Figure.TDP_WATTS).origin().url())
        .isEqualTo("https://example.org/other");
    assertThat(model.absent()).containsEntry(Figure.BANDWIDTH, "no source");
    assertThat(model.figure(Figure.BANDWIDTH)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "multiprocessors": 128 | "multiprocesors": 128      | multiprocesors
          "multiprocessors": 128 | "multiprocessors": 0       | multiprocessors
          "multiprocessors": 128 | "multiprocessors": 12.5    | multiprocessors
          "multiprocessors": 128, | ""                        | multiprocessors
          "tdpWatts": 450        | "multiprocessors": 128     | is given twice
          "tdpWatts": 450        | "bandwidth": 99000000000, "tdpWatts": 450 | said to be absent
          "bandwidth": "no source", | ""                      | lacks bandwidth
          "source": "page", "mul | "source": "book", "mul     | neither an address
          https://example.org/page | http://example.org/page  | https://
          "2684"                 | "26840"                    | is not a PCI id
          "class": "consumer"    | "class": "toy"             | no class
          "chip": "C",           | "chip": "C", "colour": "green", | colour
          """)
  void whatIsNotUnderstoodIsRefusedWithItsPlace(String from, String to, String said) {
    String wrong = GOOD.replace(from, to.equals("\"\"") ? "" : to);
    assertThat(wrong).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> read(wrong))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining(said);
  }
}
