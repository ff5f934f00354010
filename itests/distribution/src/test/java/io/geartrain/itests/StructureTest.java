package io.geartrain.itests;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between bundles and packages are those of {@code docs/ARCHITECTURE.md}. */
class StructureTest {
  private static final Path ROOT = Path.of(System.getProperty("gear.root", "../..")).normalize();

  private static ArchitectureTable table;
  private static List<Path> modules;
  private static JavaClasses classes;

  @BeforeAll
  static void readEverything() throws IOException {
    table = ArchitectureTable.read(ROOT.resolve("docs/ARCHITECTURE.md"));
    modules = bundleModules();
    classes =
        new ClassFileImporter()
            .importPaths(
                modules.stream()
                    .map(m -> m.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList());
  }

  private static List<Path> bundleModules() throws IOException {
    try (Stream<Path> folders =
        Stream.of("bundles", "scheduler-plugins", "connector-bundles", "console")
            .map(ROOT::resolve)
            .flatMap(StructureTest::children)) {
      return folders.filter(f -> Files.exists(f.resolve("pom.xml"))).sorted().toList();
    }
  }

  private static Stream<Path> children(Path folder) {
    try {
      return Files.list(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyBundleStandsInTheTable() {
    Set<String> built =
        modules.stream()
            .map(m -> m.getFileName().toString().replaceFirst("^io\\.geartrain\\.", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(new TreeSet<>(table.bundles())).isEqualTo(built);
  }

  @Test
  void everyClassLivesUnderTheRootPackageOfItsBundle() {
    List<String> strays =
        classes.stream()
            .filter(c -> table.bundleOf(c.getPackageName()) == null)
            .map(JavaClass::getName)
            .toList();
    assertThat(strays).isEmpty();
    assertThat(classes).hasSizeGreaterThan(100);
  }

  @Test
  void bundlesImportOnlyWhatTheTableAllows() {
    Set<String> forbidden = new TreeSet<>();
    for (JavaClass from : classes) {
      String bundle = table.bundleOf(from.getPackageName());
      Set<String> allowed = table.reachable(bundle);
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        String target = table.bundleOf(dependency.getTargetClass().getPackageName());
        if (target != null && !target.equals(bundle) && !allowed.contains(target)) {
          forbidden.add(
              bundle + " → " + target + " (" + dependency.getDescription().split("\n")[0] + ")");
        }
      }
    }
    assertThat(forbidden).isEmpty();
  }

  @Test
  void packagesFormNoCycle() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return SliceIdentifier.of(javaClass.getPackageName());
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(classes);
  }

  @Test
  void nobodyReachesIntoTheInternalsOfAnotherBundle() {
    Set<String> forbidden = new TreeSet<>();
    for (JavaClass from : classes) {
      String bundle = table.bundleOf(from.getPackageName());
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        String targetPackage = dependency.getTargetClass().getPackageName();
        String target = table.bundleOf(targetPackage);
        if (target != null && !target.equals(bundle) && targetPackage.contains(".internal")) {
          forbidden.add(dependency.getDescription().split("\n")[0]);
        }
      }
    }
    assertThat(forbidden).isEmpty();
  }

  @Test
  void nothingInternalIsExported() throws IOException {
    for (Path module : modules) {
      String name = module.getFileName().toString();
      if (name.startsWith("io.geartrain.wrap.")) {
        continue;
      }
      try (Stream<Path> jars = Files.list(module.resolve("target"))) {
        for (Path jar :
            jars.filter(f -> f.getFileName().toString().matches(name + "-[0-9].*SHOT\\.jar"))
                .toList()) {
          try (JarFile file = new JarFile(jar.toFile())) {
            String exports = file.getManifest().getMainAttributes().getValue("Export-Package");
            assertThat(exports == null ? "" : exports)
                .as("Export-Package of %s", name)
                .doesNotContain("internal");
          }
        }
      }
    }
  }

  @Test
  void userCodeNeverSeesTheFrameworks() {
    assertThat(targetsOutside(Set.of("api", "spi", "plan", "channel", "metrics")))
        .noneMatch(
            name ->
                name.startsWith("akka.")
                    || name.startsWith("org.osgi.framework")
                    || name.startsWith("org.apache.")
                    || name.startsWith("io.netty"));
  }

  @Test
  void onlyTheProviderNamesZooKeeper() {
    Set<String> others = new TreeSet<>(table.bundles());
    others.remove("coordination.zookeeper");
    others.remove("wrap.zookeeper");
    assertThat(targetsOutside(others))
        .noneMatch(n -> n.startsWith("org.apache.zookeeper") || n.startsWith("org.apache.curator"));
  }

  @Test
  void rolesDoNotKnowEachOther() {
    Set<String> roles = Set.of("master", "appmaster", "worker", "executor", "client");
    for (String role : roles) {
      Set<String> others = new TreeSet<>(roles);
      others.remove(role);
      assertThat(table.reachable(role))
          .as("imports of %s", role)
          .doesNotContainAnyElementsOf(others);
    }
  }

  private static Set<String> targetsOutside(Set<String> bundles) {
    return classes.stream()
        .filter(c -> bundles.contains(table.bundleOf(c.getPackageName())))
        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
        .map(d -> d.getTargetClass().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
