package io.geartrain.spi;

import java.util.List;

/**
 * What the manifest of a bundle says that matters here.
 *
 * @param name symbolic name
 * @param version bundle version
 * @param digest lower-case hexadecimal SHA-256 of the jar
 * @param applications the applications it declares
 */
public record BundleDescription(
    String name, String version, String digest, List<ApplicationEntry> applications) {
  /** Copies the list. */
  public BundleDescription {
    applications = List.copyOf(applications);
  }

  /**
   * An application that a bundle declares.
   *
   * @param name its name
   * @param className the class that defines it
   */
  public record ApplicationEntry(String name, String className) {}
}
