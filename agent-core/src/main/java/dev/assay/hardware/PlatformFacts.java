package dev.assay.hardware;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything that a probe learnt of the host, at one moment.
 *
 * @param components in a stable order, each id once
 * @param conflicts facts that sources disagree on; empty if they agree on everything
 * @param uptimeSeconds since the kernel started
 * @param bootSeed base64url of the 16 bytes of the kernel's boot id: another at every start
 * @param ueid base64url of the 33 bytes that tokens.md §3 defines; the machine id itself is not
 *     here
 */
public record PlatformFacts(
    List<Component> components,
    List<Conflict> conflicts,
    OptionalLong uptimeSeconds,
    Optional<String> bootSeed,
    Optional<String> ueid) {
  private static final int MAX_COMPONENTS = 256;

  public PlatformFacts {
    components = List.copyOf(components);
    conflicts = List.copyOf(conflicts);
    if (components.size() > MAX_COMPONENTS || conflicts.size() > MAX_COMPONENTS) {
      throw new IllegalArgumentException(
          "A platform has more than " + MAX_COMPONENTS + " components or conflicts.");
    }
    Set<String> ids = new HashSet<>();
    for (Component component : components) {
      if (!ids.add(component.id())) {
        throw new IllegalArgumentException("The component " + component.id() + " is there twice.");
      }
    }
  }

  /** The component of that id. */
  public Optional<Component> component(String id) {
    return components.stream().filter(component -> component.id().equals(id)).findFirst();
  }

  /** The devices that can be asked for proofs, in the order of the components. */
  public List<Device> devices() {
    return components.stream().flatMap(component -> Device.of(component).stream()).toList();
  }

  /** The device of that id. */
  public Optional<Device> device(String id) {
    return component(id).flatMap(Device::of);
  }
}
