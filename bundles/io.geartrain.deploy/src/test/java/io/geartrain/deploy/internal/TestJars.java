package io.geartrain.deploy.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Builds small bundles. */
public final class TestJars {
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  private TestJars() {}

  /** A jar with an empty manifest. */
  public static TestJars plain() {
    return new TestJars();
  }

  /** A bundle. */
  public static TestJars bundle(String name, String version) {
    return new TestJars()
        .header("Bundle-ManifestVersion", "2")
        .header("Bundle-SymbolicName", name)
        .header("Bundle-Version", version);
  }

  /** Adds a header. */
  public TestJars header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Adds a text file. */
  public TestJars entry(String name, String content) {
    entries.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds a class of the tests. */
  public TestJars classOf(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    try (var in = type.getClassLoader().getResourceAsStream(file)) {
      entries.put(file, in.readAllBytes());
      return this;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Declares an application. */
  public TestJars application(String name, String className) {
    String clause = "gear.application;name=" + name + ";class=\"" + className + "\"";
    headers.merge("Provide-Capability", clause, (before, added) -> before + "," + added);
    return this;
  }

  /** Writes the jar. */
  public Path write(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach((k, v) -> manifest.getMainAttributes().put(new Attributes.Name(k), v));
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new ZipEntry(entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
    return file;
  }
}
