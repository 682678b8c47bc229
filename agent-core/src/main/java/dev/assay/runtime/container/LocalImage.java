package dev.assay.runtime.container;

import java.util.List;

/**
 * An image that an engine has.
 *
 * @param id what the engine calls it
 * @param digest what is reported of it: the digest that it was asked for by, else the one that its
 *     registry gave, else that of its configuration
 * @param volumes directories that it would have kept outside of the container
 */
record LocalImage(String id, String digest, List<String> volumes) {
  LocalImage {
    volumes = List.copyOf(volumes);
  }
}
