package dev.assay.gpu.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which models explain what was measured of a device.
 *
 * <p>An observation that is {@code z} deviations away from what is usual for a model has the
 * likelihood {@code exp(-z²/2)}; a model's likelihood is the product over all observations that its
 * figures cover, and its confidence that product's share among all models. A model without a figure
 * that was observed is at a disadvantage of one deviation for it.
 *
 * @param fits all models that can explain the observations, the likeliest first
 */
public record Classification(Finding finding, List<Fit> fits) {
  private static final double UNKNOWN_FIGURE = 1;

  public Classification {
    fits = List.copyOf(fits);
  }

  /** Compares a device that calls itself {@code claimed} with all models of the catalogue. */
  public static Classification of(Catalog catalog, String claimed, List<Observation> observations) {
    List<Fit> plausible = fits(catalog, observations).stream().filter(Fit::plausible).toList();
    return new Classification(finding(catalog, claimed, observations, plausible), plausible);
  }

  private static Finding finding(
      Catalog catalog, String claimed, List<Observation> observations, List<Fit> plausible) {
    List<Model> named = catalog.named(claimed);
    if (named.isEmpty()) {
      return new Finding.UnknownModel(claimed);
    }
    if (named.stream().noneMatch(model -> covers(model, observations))) {
      return new Finding.NothingMeasured(claimed);
    }
    Optional<Fit> own = plausible.stream().filter(fit -> named.contains(fit.model())).findFirst();
    if (own.isPresent()) {
      return new Finding.Consistent(own.get());
    }
    return plausible.isEmpty()
        ? new Finding.BehavesLikeNone(claimed)
        : new Finding.SaysXBehavesLikeY(claimed, plausible.getFirst());
  }

  private static boolean covers(Model model, List<Observation> observations) {
    return observations.stream().anyMatch(seen -> model.figure(seen.figure()).isPresent());
  }

  private static List<Fit> fits(Catalog catalog, List<Observation> observations) {
    List<Fit> unscaled = catalog.models().stream().map(m -> fit(m, observations)).toList();
    double sum = unscaled.stream().mapToDouble(Fit::likelihood).sum();
    List<Fit> fits = new ArrayList<>();
    for (Fit fit : unscaled) {
      double share = sum > 0 ? fit.likelihood() / sum : 0;
      fits.add(new Fit(fit.model(), fit.likelihood(), share, fit.worst()));
    }
    fits.sort(Comparator.comparingDouble(Fit::likelihood).reversed());
    return fits;
  }

  private static Fit fit(Model model, List<Observation> observations) {
    double squares = 0;
    double worst = 0;
    for (Observation seen : observations) {
      OptionalLong published = model.figure(seen.figure());
      if (published.isEmpty()) {
        squares += UNKNOWN_FIGURE * UNKNOWN_FIGURE;
        continue;
      }
      double deviations =
          Expectation.of(seen.figure(), seen.proven())
              .deviations(seen.value(), published.getAsLong());
      squares += deviations * deviations;
      worst = Math.abs(deviations) > Math.abs(worst) ? deviations : worst;
    }
    return new Fit(model, Math.exp(-squares / 2), 0, worst);
  }
}
