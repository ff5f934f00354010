package io.geartrain.simulation.graph;

import io.geartrain.simulation.fault.Coverage;
import io.geartrain.simulation.fault.Coverage.Sight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Where two-phase sinks write to, outside of all processes: what was made ready, and what has
 * become visible of it. Whoever belongs to an older epoch takes nothing back of a newer one: a
 * process that stood still for long may be the last to begin. One thread.
 */
public final class Ledger {
  private static final class Entry {
    private final String sink;
    private final long epoch;
    private final long checkpoint;
    private final List<String> texts;
    private boolean visible;

    Entry(String sink, long epoch, long checkpoint, List<String> texts) {
      this.sink = sink;
      this.epoch = epoch;
      this.checkpoint = checkpoint;
      this.texts = texts;
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final Coverage coverage;
  private final LongSupplier standing;
  private long numbers;

  /**
   * An empty ledger.
   *
   * @param standing the number of the last checkpoint that stands; 0 if there is none
   */
  public Ledger(Coverage coverage, LongSupplier standing) {
    this.coverage = coverage;
    this.standing = standing;
  }

  /**
   * Makes texts ready.
   *
   * @param epoch of the writer's application
   * @param checkpoint with which they may become visible; {@link Long#MAX_VALUE} = with the last
   * @return names them
   */
  String prepare(String sink, int task, long epoch, long checkpoint, List<String> texts) {
    String name = sink + "/" + task + "#" + numbers++;
    entries.put(name, new Entry(sink, epoch, checkpoint, texts));
    return name;
  }

  /** Makes visible what is ready. */
  void commit(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      violations.add(name + " was to become visible, but was taken back before");
      return;
    }
    if (entry.checkpoint != Long.MAX_VALUE && entry.checkpoint > standing.getAsLong()) {
      violations.add(
          "%s became visible with checkpoint %d, but the last that stands is %d"
              .formatted(name, entry.checkpoint, standing.getAsLong()));
    }
    if (entry.visible) {
      coverage.see(Sight.PUBLISHED_AGAIN);
    }
    entry.visible = true;
  }

  /** Takes back what a task of a sink has made ready, but for what is safe. */
  void discardAllBut(Set<String> safe, String sink, int task, long epoch) {
    boolean any =
        entries
            .entrySet()
            .removeIf(
                entry ->
                    entry.getKey().startsWith(sink + "/" + task + "#")
                        && entry.getValue().epoch <= epoch
                        && !safe.contains(entry.getKey())
                        && !entry.getValue().visible);
    if (any) {
      coverage.see(Sight.DISCARDED);
    }
  }

  /** What is wrong beside what is visible. */
  public List<String> violations() {
    return violations;
  }

  /** How often each text of each sink is visible. */
  public Map<String, Map<String, Integer>> visible() {
    Map<String, Map<String, Integer>> visible = new TreeMap<>();
    for (Entry entry : entries.values()) {
      if (entry.visible) {
        Map<String, Integer> ofSink = visible.computeIfAbsent(entry.sink, s -> new TreeMap<>());
        entry.texts.forEach(text -> ofSink.merge(text, 1, Integer::sum));
      }
    }
    return visible;
  }
}
