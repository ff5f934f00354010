package io.geartrain.protocol;

import java.time.Instant;

/**
 * What is written down of a checkpoint that stands. For a savepoint the same is written below
 * {@code /savepoints}, where it outlives its application.
 *
 * @param application id of the application whose state it is
 * @param number rises from one to the next
 * @param name under which the checkpoint store keeps its files
 * @param at when the last of its parts was stored
 * @param durationMs how long that took from its beginning
 * @param bytes of all of its parts
 * @param fingerprint of the plan that ran
 * @param label that it was given; null if none
 * @param principal who asked for it; null if nobody did
 * @param stop whether the application ends with it
 */
public record StandingCheckpoint(
    String application,
    long number,
    String name,
    Instant at,
    long durationMs,
    long bytes,
    String fingerprint,
    String label,
    String principal,
    boolean stop) {
  /** Where savepoints are written down. */
  public static final String SAVEPOINTS = "/savepoints";

  /** Where the checkpoints of an application are written down, each by its number. */
  public static String folder(String application) {
    return "/apps/" + application + "/ckpt";
  }

  /** Where its savepoints are written down, each by its number. */
  public static String savepointFolder(String application) {
    return SAVEPOINTS + "/" + application;
  }
}
