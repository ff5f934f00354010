package io.geartrain.transport;

import io.geartrain.channel.ChannelId;
import io.geartrain.channel.Incarnation;
import java.util.Objects;

/**
 * What both ends of a channel know of it.
 *
 * @param id names it
 * @param number stands for the id in frames; the same in every process that has the plan
 * @param incarnation which time the tasks are set up; frames of another are refused
 * @param from id of the step that gives
 * @param to id of the step that takes
 */
public record FrameChannel(
    ChannelId id, int number, Incarnation incarnation, String from, String to) {
  /** Checks that all is there. */
  public FrameChannel {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(incarnation, "incarnation");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }

  /** The edge for messages. */
  String edge() {
    return "edge '" + from + "' → '" + to + "'";
  }
}
