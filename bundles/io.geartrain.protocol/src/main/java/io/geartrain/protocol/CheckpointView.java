package io.geartrain.protocol;

import java.time.Instant;

/**
 * A checkpoint as clients see it.
 *
 * @param application id of the application whose state it is
 * @param number rises from one to the next
 * @param savepoint whether it is kept until somebody deletes it
 * @param state whether it stands
 * @param at when the last of its parts was stored; null before
 * @param durationMs how long that took from its beginning
 * @param bytes of all of its parts
 * @param fingerprint of the plan that ran; null before it stands
 * @param label that it was given; null if none
 * @param principal who asked for it; null if nobody did
 * @param problem why it failed; null if it did not
 */
public record CheckpointView(
    String application,
    long number,
    boolean savepoint,
    State state,
    Instant at,
    long durationMs,
    long bytes,
    String fingerprint,
    String label,
    String principal,
    String problem) {
  /** Whether it stands. */
  public enum State {
    /** It has begun, or will next. */
    IN_PROGRESS,
    /** It stands. */
    STANDING,
    /** It was given up and never will stand. */
    FAILED
  }

  /** One that stands. */
  public static CheckpointView of(StandingCheckpoint stands, boolean savepoint) {
    return new CheckpointView(
        stands.application(),
        stands.number(),
        savepoint,
        State.STANDING,
        stands.at(),
        stands.durationMs(),
        stands.bytes(),
        stands.fingerprint(),
        stands.label(),
        stands.principal(),
        null);
  }

  /** One that was asked for and does not stand. */
  public static CheckpointView asked(
      String application, long number, CheckpointWish wish, String problem) {
    return new CheckpointView(
        application,
        number,
        wish.savepoint(),
        problem == null ? State.IN_PROGRESS : State.FAILED,
        null,
        0,
        0,
        null,
        wish.label(),
        wish.principal(),
        problem);
  }
}
