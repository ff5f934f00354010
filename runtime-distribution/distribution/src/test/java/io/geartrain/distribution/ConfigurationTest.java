package io.geartrain.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ConfigurationTest {
  private final Path home = Distribution.built();

  /** Every setting that a bundle of ours declares stands in conf/, commented, with its default. */
  @Test
  void shouldListEverySettingWithItsDefault() throws Exception {
    Map<String, Map<String, String>> declared = new TreeMap<>();
    try (Stream<Path> files = Files.walk(home.resolve("system/io/geartrain"))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        declared.putAll(declaredIn(jar));
      }
    }
    assertThat(declared).isNotEmpty();

    for (Map.Entry<String, Map<String, String>> settings : declared.entrySet()) {
      Path file = home.resolve("conf").resolve(settings.getKey() + ".cfg");
      assertThat(file).exists();
      assertThat(listedIn(file)).as(file.toString()).isEqualTo(settings.getValue());
    }
  }

  private static Map<String, String> listedIn(Path file) throws Exception {
    StringBuilder uncommented = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      if (line.matches("#?[A-Za-z][A-Za-z0-9_.]* =.*")) {
        uncommented.append(line.replaceFirst("^#", "")).append('\n');
      }
    }
    Properties properties = new Properties();
    properties.load(new java.io.StringReader(uncommented.toString()));
    Map<String, String> listed = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> listed.put(n, properties.getProperty(n)));
    return listed;
  }

  /** PID to its attributes and their defaults, from the metatype files of a bundle. */
  private static Map<String, Map<String, String>> declaredIn(Path jar) throws Exception {
    Map<String, Map<String, String>> declared = new TreeMap<>();
    try (JarFile bundle = new JarFile(jar.toFile())) {
      List<JarEntry> files =
          bundle.stream()
              .filter(entry -> entry.getName().matches("OSGI-INF/metatype/.*\\.xml"))
              .toList();
      for (JarEntry file : files) {
        try (InputStream in = bundle.getInputStream(file)) {
          Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
          Map<String, String> defaults = new TreeMap<>();
          for (Element attribute : elements(document, "AD")) {
            defaults.put(attribute.getAttribute("id"), attribute.getAttribute("default"));
          }
          for (Element designate : elements(document, "Designate")) {
            declared.put(designate.getAttribute("pid"), defaults);
          }
        }
      }
    }
    return declared;
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
        .map(i -> (Element) nodes.item(i))
        .toList();
  }
}
