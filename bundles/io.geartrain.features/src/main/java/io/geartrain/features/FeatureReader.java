package io.geartrain.features;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureConfiguration;
import org.osgi.service.feature.FeatureService;

/** Reads feature files and checks that what they name is there. Stateless apart from its folder. */
final class FeatureReader {
  /** Metadata of a bundle entry: its start level. */
  static final String START_LEVEL = "bundleStartLevel";

  private static final int DEFAULT_START_LEVEL = 50;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

  private final FeatureService service =
      ServiceLoader.load(FeatureService.class, FeatureReader.class.getClassLoader())
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no feature parser on the class path"));
  private final MavenLayout system;
  private final Map<String, String> overrides;

  /**
   * @param system where the bundles are
   * @param overrides values that win over the variables of the file
   */
  FeatureReader(MavenLayout system, Map<String, String> overrides) {
    this.system = system;
    this.overrides = Map.copyOf(overrides);
  }

  /**
   * Reads and checks one file.
   *
   * @throws FeatureException naming file, line and cure
   */
  FeatureDocument read(Path file) throws FeatureException {
    String text = text(file);
    Feature feature = parse(file, text);
    Map<String, String> variables = variables(feature);
    return new FeatureDocument(
        feature.getID().toString(),
        file,
        bundles(file, text, feature),
        configurations(file, text, feature, variables),
        variables);
  }

  private static String text(Path file) throws FeatureException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new FeatureException(
          file
              + ": no such feature file; check the name, or restore the file from the distribution",
          e);
    } catch (CharacterCodingException e) {
      throw new FeatureException(file + ": not UTF-8 text; save the file as UTF-8", e);
    } catch (IOException e) {
      throw new FeatureException(file + ": can't be read: " + e.getMessage(), e);
    }
  }

  /** The parser's own errors carry line and column. */
  private Feature parse(Path file, String text) throws FeatureException {
    Feature feature;
    try {
      feature = service.readFeature(new StringReader(text));
    } catch (IOException | RuntimeException e) {
      throw new FeatureException(
          file + ": not a feature in the form of OSGi Feature JSON: " + e.getMessage(), e);
    }
    if (feature.getID() == null) {
      throw new FeatureException(
          file + ": has no \"id\"; add \"id\": \"group:artifact:version\" at the top");
    }
    return feature;
  }

  private Map<String, String> variables(Feature feature) {
    Map<String, String> variables = new TreeMap<>();
    feature.getVariables().forEach((name, value) -> variables.put(name, String.valueOf(value)));
    variables.replaceAll((name, value) -> overrides.getOrDefault(name, value));
    return variables;
  }

  private List<FeatureDocument.Entry> bundles(Path file, String text, Feature feature)
      throws FeatureException {
    List<FeatureDocument.Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (FeatureBundle bundle : feature.getBundles()) {
      String coordinates = bundle.getID().toString();
      int line = line(text, coordinates);
      String where = file + ":" + line + ": bundle " + coordinates;
      if (!seen.add(coordinates)) {
        throw new FeatureException(where + " is named twice; remove one of the entries");
      }
      Path jar = system.path(bundle.getID());
      if (!Files.isRegularFile(jar)) {
        throw new FeatureException(
            where + " is missing: no file " + jar + "; correct the version, or put the file there");
      }
      entries.add(new FeatureDocument.Entry(coordinates, jar, startLevel(where, bundle), line));
    }
    return entries;
  }

  private static int startLevel(String where, FeatureBundle bundle) throws FeatureException {
    Object value = bundle.getMetadata().get(START_LEVEL);
    if (value == null) {
      return DEFAULT_START_LEVEL;
    }
    try {
      int level = Integer.parseInt(value.toString().trim());
      if (level >= 1) {
        return level;
      }
    } catch (NumberFormatException e) {
      // the message below names the value
    }
    throw new FeatureException(
        where + ": " + START_LEVEL + " is '" + value + "'; it must be a whole number from 1");
  }

  private Map<String, Map<String, Object>> configurations(
      Path file, String text, Feature feature, Map<String, String> variables)
      throws FeatureException {
    Map<String, Map<String, Object>> configurations = new LinkedHashMap<>();
    for (Map.Entry<String, FeatureConfiguration> entry : feature.getConfigurations().entrySet()) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (Map.Entry<String, Object> value : entry.getValue().getValues().entrySet()) {
        String where =
            file + ":" + line(text, entry.getKey()) + ": " + entry.getKey() + "." + value.getKey();
        values.put(value.getKey(), substitute(where, value.getValue(), variables));
      }
      configurations.put(entry.getKey(), values);
    }
    return configurations;
  }

  private Object substitute(String where, Object value, Map<String, String> variables)
      throws FeatureException {
    if (!(value instanceof String text)) {
      return value;
    }
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String replacement = overrides.getOrDefault(name, variables.get(name));
      if (replacement == null) {
        throw new FeatureException(
            where + ": variable ${" + name + "} has no value; add it to \"variables\"");
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(result).toString();
  }

  /** Line of the first mention, from 1; 1 where the file writes it in another way. */
  private static int line(String text, String mention) {
    int at = text.indexOf('"' + mention + '"');
    return at < 0 ? 1 : 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
