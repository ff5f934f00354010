package io.geartrain.bench.plain;

import io.geartrain.bench.data.Load;
import java.util.HashMap;
import java.util.Map;

/** Runs a workload in plain Java: the arguments are those of {@link Load}, {@code key=value}. */
public final class Plain {
  private Plain() {}

  /** Runs it to its end. */
  public static void main(String[] args) throws Exception {
    Map<String, String> settings = new HashMap<>();
    for (String arg : args) {
      int at = arg.indexOf('=');
      settings.put(arg.substring(0, at), arg.substring(at + 1));
    }
    Load load = Load.of(settings);
    switch (load.family()) {
      case "W1" -> PlainMessages.handOver(load);
      case "W1c" -> PlainMessages.fused(load);
      case "W2" -> PlainWords.run(load);
      case "W3" -> PlainBids.run(load);
      case "W6" -> {
        if (load.isLarge()) {
          PlainKeys.run(load);
        } else {
          PlainBids.run(load);
        }
      }
      case "W4" -> PlainEvents.run(load);
      default -> throw new IllegalArgumentException("no workload " + load.workload());
    }
  }
}
