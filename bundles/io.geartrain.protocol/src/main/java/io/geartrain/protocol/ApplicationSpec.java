package io.geartrain.protocol;

import io.geartrain.spi.BundleDescription;
import java.time.Instant;
import java.util.Map;

/**
 * What was submitted; never changes.
 *
 * @param id unique in the cluster: {@code word-count-7f3a}
 * @param name of the application
 * @param bundle the revision it is pinned to
 * @param className the class that defines it
 * @param settings given at submission
 * @param scheduler name of the scheduler asked for; null = the cluster's default
 * @param principal who submitted it
 * @param submittedAt when
 * @param from what it is started from; null = it begins anew
 */
public record ApplicationSpec(
    String id,
    String name,
    BundleDescription bundle,
    String className,
    Map<String, String> settings,
    String scheduler,
    String principal,
    Instant submittedAt,
    StartFrom from) {
  /** Copies the settings. */
  public ApplicationSpec {
    settings = Map.copyOf(settings);
  }

  /** Of one that begins anew. */
  public ApplicationSpec(
      String id,
      String name,
      BundleDescription bundle,
      String className,
      Map<String, String> settings,
      String scheduler,
      String principal,
      Instant submittedAt) {
    this(id, name, bundle, className, settings, scheduler, principal, submittedAt, null);
  }
}
