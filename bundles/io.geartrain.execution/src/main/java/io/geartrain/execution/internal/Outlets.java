package io.geartrain.execution.internal;

import io.geartrain.api.Emitter;
import io.geartrain.api.OutputTag;
import io.geartrain.channel.Credit;
import java.util.LinkedHashMap;
import java.util.Map;

/** All outputs of a step: the main one and its side outputs. On the task's thread. */
final class Outlets {
  private final String processorId;
  private final Credit credit;
  private final Outlet main;
  private final Map<String, Outlet> byId;
  private final Outlet[] sides;

  /**
   * The outputs of a step.
   *
   * @param byId by their ids, the main one among them
   * @param credit of the task
   */
  Outlets(String processorId, Map<String, Outlet> byId, Credit credit) {
    this.processorId = processorId;
    this.credit = credit;
    this.byId = new LinkedHashMap<>(byId);
    this.main = byId.get(OutputTag.MAIN);
    this.sides = byId.values().stream().filter(outlet -> outlet != main).toArray(Outlet[]::new);
  }

  Outlet main() {
    return main;
  }

  /** A side output that a stream is read from; null if none is. */
  Outlet side(OutputTag<?> tag) {
    return byId.get(tag.id());
  }

  /** As the user's processor asks for it. */
  @SuppressWarnings("unchecked")
  <R> Emitter<R> emitter(OutputTag<R> tag) {
    Outlet outlet = side(tag);
    if (outlet == null) {
      throw new IllegalStateException(
          "no stream is read from the side output '%s' of step '%s'; add .sideOutput(…)"
              .formatted(tag.id(), processorId));
    }
    return (Emitter<R>) outlet;
  }

  /** Whether a step that has more to hand on should stop for now. */
  boolean areExhausted() {
    return credit.exhausted();
  }

  /** Sets the timestamp of records that are emitted without one. */
  void timestamp(long now) {
    main.timestamp(now);
    for (Outlet side : sides) {
      side.timestamp(now);
    }
  }

  boolean watermark(long watermarkMs) {
    boolean all = main.watermark(watermarkMs);
    for (Outlet side : sides) {
      all &= side.watermark(watermarkMs);
    }
    return all;
  }

  boolean end() {
    boolean all = main.end();
    for (Outlet side : sides) {
      all &= side.end();
    }
    return all;
  }

  long records() {
    long records = main.records();
    for (Outlet side : sides) {
      records += side.records();
    }
    return records;
  }
}
