package io.geartrain.itests;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a bundle out of packages of the tests, as bnd's Maven plug-in would. */
final class TestBundle {
  private final Map<String, String> instructions = new LinkedHashMap<>();

  private TestBundle(String name, String version) {
    instructions.put("Bundle-SymbolicName", name);
    instructions.put("Bundle-Version", version);
    instructions.put("-noextraheaders", "true");
    instructions.put("-reproducible", "true");
  }

  static TestBundle named(String name, String version) {
    return new TestBundle(name, version);
  }

  /** With these packages of the tests inside. */
  TestBundle with(Class<?>... oneOfEachPackage) {
    instructions.put(
        "-privatepackage",
        java.util.Arrays.stream(oneOfEachPackage)
            .map(Class::getPackageName)
            .collect(Collectors.joining(",")));
    return this;
  }

  /** With one more header or instruction. */
  TestBundle header(String key, String value) {
    instructions.put(key, value);
    return this;
  }

  /** Writes the jar. */
  Path write(Path file) throws IOException {
    try (Builder builder = new Builder()) {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path path = Path.of(entry);
        if (entry.contains("io.geartrain") || path.endsWith("test-classes")) {
          if (Files.exists(path)) {
            builder.addClasspath(path.toFile());
          }
        }
      }
      instructions.forEach(builder::setProperty);
      Jar jar = builder.build();
      if (!builder.getErrors().isEmpty()) {
        throw new IOException("can't build " + file + ": " + builder.getErrors());
      }
      Files.createDirectories(file.getParent());
      jar.write(file.toFile());
      return file;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("can't build " + file, e);
    }
  }
}
