package dev.assay;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The allowed imports, as a picture. A package may use those that stand behind its arrow, and no
 * other of ours.
 */
class ArchitectureTest {
  private static final String PICTURE =
      """
      json          ->
      durable       ->
      crypto        -> json durable
      hardware      ->
      proof         ->
      proof.cpu     -> proof
      log           -> crypto
      job           -> json durable
      owner         -> json durable job
      benchmark     ->
      host          -> hardware
      benchmark.host -> benchmark hardware proof
      runtime       -> job json
      runtime.container -> json durable job runtime
      token         -> json crypto proof hardware
      log.source    -> log crypto
      log.store     -> log log.source crypto
      log.http      -> log log.source
      wire          -> json crypto token log job
      doctor        -> hardware crypto log wire
      control       -> json
      daemon        -> json durable crypto hardware proof token log log.store job owner runtime wire control
      coordinator   -> json crypto hardware proof token log log.store job wire control
      audit         -> json crypto hardware proof token log log.source
      gpu           -> hardware proof
      gpu.nvml      ->
      gpu.cuda      ->
      gpu.proof     -> proof gpu.cuda
      gpu.catalog   -> json
      gpu.bench     -> benchmark gpu.cuda gpu.catalog
      gpu.probe     -> hardware host gpu.nvml gpu.cuda gpu.catalog
      gpu.check     -> benchmark proof proof.cpu gpu.cuda gpu.proof gpu.catalog gpu.bench
      cli.config    -> job owner wire
      cli.report    -> json hardware proof benchmark doctor token audit gpu.check
      cli           -> *
      """;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.assay");

  @Test
  void packagesImportOnlyWhatThePictureAllows() {
    Map<String, Set<String>> allowed = picture();
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      String from = name(type);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!target.getPackageName().startsWith("dev.assay.")) {
          continue;
        }
        String to = name(target);
        Set<String> may = allowed.getOrDefault(from, Set.of());
        if (!from.equals(to) && !may.contains(to) && !may.contains("*")) {
          wrong.add(from + " -> " + to + " (" + type.getSimpleName() + ")");
        }
      }
    }
    assertThat(wrong).as("imports that the picture does not allow").isEmpty();
  }

  @Test
  void thePictureHasNoCycleAndKnowsEveryPackage() {
    Map<String, Set<String>> allowed = picture();
    Set<String> above = new LinkedHashSet<>();
    allowed.forEach(
        (name, may) -> {
          assertThat(may.contains("*") || above.containsAll(may))
              .as("%s imports only what stands above it", name)
              .isTrue();
          above.add(name);
        });
    Set<String> packages = new TreeSet<>();
    CLASSES.forEach(type -> packages.add(name(type)));
    assertThat(above).as("packages in the picture").containsAll(packages);
  }

  @Test
  void theProcessEndsInOnePlace() {
    Map<String, List<String>> exits = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      type.getMethodCallsFromSelf().stream()
          .filter(call -> call.getTargetOwner().isEquivalentTo(System.class))
          .filter(call -> call.getName().equals("exit"))
          .forEach(call -> exits.put(type.getName(), List.of(call.getDescription())));
    }
    assertThat(exits.keySet()).containsOnly("dev.assay.cli.Main");
  }

  @Test
  void theBindingOfTheCudaDriverIsUsedInOneClass() {
    Set<String> users = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      type.getDirectDependenciesFromSelf().stream()
          .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith("jcuda"))
          .forEach(dependency -> users.add(type.getName().replaceFirst("\\$.*", "")));
    }
    assertThat(users).containsExactly("dev.assay.gpu.cuda.DriverCalls");
  }

  private static Map<String, Set<String>> picture() {
    Map<String, Set<String>> allowed = new LinkedHashMap<>();
    PICTURE
        .lines()
        .map(line -> line.split("->", 2))
        .forEach(
            row ->
                allowed.put(
                    row[0].strip(),
                    new LinkedHashSet<>(
                        Arrays.stream(row[1].strip().split(" "))
                            .filter(n -> !n.isEmpty())
                            .toList())));
    return allowed;
  }

  private static String name(JavaClass type) {
    return type.getPackageName().substring("dev.assay.".length());
  }
}
