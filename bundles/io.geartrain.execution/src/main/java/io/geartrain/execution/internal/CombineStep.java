package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.channel.HashRouter;
import io.geartrain.channel.KeyHash;
import io.geartrain.time.Saturated;
import io.geartrain.time.Slices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;

/**
 * Folds the records of each key and slice before they leave for the task that owns the key, and
 * sends what they make together: before the watermark passes the end of a window that they belong
 * to, before each barrier, before the task is idle, and when there are too many keys. Late records,
 * all while folding does not pay, and all once the task has been idle are passed on as they are. No
 * step of the plan; it stands at the sending end of an edge. On the task's thread.
 */
final class CombineStep extends Step {
  /** At most so many are held; about what fits into the cache of a core. */
  private static final int MOST_HELD = 4096;

  /** Folding pays if it leaves less than half of the records. */
  private static final int PAYS = 2;

  /** For how many records folding is given up when it does not pay. */
  private static final int PASS_ON = 64 * MOST_HELD;

  private final String giver;
  private final Key key;
  private final KeyHash hashes = new KeyHash();
  private final Aggregator<Object, Object, Object> aggregator;
  private final Slices slices;
  private final HashRouter edge;
  private final FailureLatch failures;
  private final TreeMap<Long, Partials> held = new TreeMap<>();
  private final Deque<Partials> spare = new ArrayDeque<>();
  private int heldCount;

  /** All windows that end at or before it are closed, for all that this task knows. */
  private long closedUpTo;

  /** The two slices that records fell into lately, and what is held of them; null if late. */
  private long slice = Long.MIN_VALUE;

  private Partials partials;
  private long otherSlice = Long.MIN_VALUE;
  private Partials otherPartials;

  private long in;
  private long folded;
  private long sent;
  private long passOnUntil;
  private boolean ended;

  /**
   * The sending end of an edge to a step with windows.
   *
   * @param giver id of the step that hands its records to it
   * @param key of the step with windows, whose id failures of its functions are told under
   * @param slices of its windows; null for one window over all time
   * @param closedUpTo up to when that step has closed windows in the checkpoint it begins with
   */
  CombineStep(
      String giver,
      Key key,
      Aggregator<Object, Object, Object> aggregator,
      Slices slices,
      long closedUpTo,
      HashRouter edge,
      FailureLatch failures) {
    super(key.stepId());
    this.giver = giver;
    this.key = key;
    this.aggregator = aggregator;
    this.slices = slices;
    this.closedUpTo = closedUpTo;
    this.edge = edge;
    this.failures = failures;
  }

  @Override
  void open() {}

  @Override
  void process(Object value, long timestamp) {
    in++;
    Partials into = in <= passOnUntil ? null : find(timestamp);
    try {
      if (into == null) {
        edge.emit(value, timestamp);
      } else {
        fold(value, into);
      }
    } catch (Throwable e) {
      throw failures.note(into == null ? giver : id(), value, timestamp, e);
    }
  }

  private void fold(Object value, Partials into) throws Exception {
    Object k = key.of(value);
    int hash = hashes.applyAsInt(k);
    Partial partial = into.find(k, hash);
    if (partial == null) {
      partial = new Partial(key.of(value), hash, slice, aggregator.create());
      into.add(partial);
      heldCount++;
    }
    partial.added(aggregator.add(partial.accumulator(), value));
    folded++;
    if (heldCount >= MOST_HELD) {
      flush(Long.MAX_VALUE);
    }
  }

  /** What is held of the slice of a record; null if the record is late. */
  private Partials find(long timestamp) {
    if (falls(timestamp, slice)) {
      return partials;
    }
    long before = slice;
    Partials partialsBefore = partials;
    if (falls(timestamp, otherSlice)) {
      slice = otherSlice;
      partials = otherPartials;
    } else {
      slice = slices == null ? 0 : slices.startOf(timestamp);
      partials = hold(slice);
    }
    otherSlice = before;
    otherPartials = partialsBefore;
    return partials;
  }

  private boolean falls(long timestamp, long into) {
    return into != Long.MIN_VALUE && (slices == null || slices.holds(into, timestamp));
  }

  private Partials hold(long start) {
    if (slices != null && slices.firstWindowEnd(start) <= closedUpTo) {
      return null;
    }
    return held.computeIfAbsent(start, any -> spare.isEmpty() ? new Partials() : spare.pop());
  }

  @Override
  boolean watermark(long watermarkMs) {
    closedUpTo = Math.max(closedUpTo, Saturated.plus(watermarkMs, 1));
    flush(closedUpTo);
    edge.watermark(watermarkMs);
    return true;
  }

  /**
   * Those behind may now be ahead of this task in event time, and from then on only they can tell
   * what is late.
   */
  @Override
  void idle(boolean isIdle) {
    flush(Long.MAX_VALUE);
    passOnUntil = Long.MAX_VALUE;
  }

  @Override
  boolean end() {
    if (!ended) {
      ended = true;
      flush(Long.MAX_VALUE);
      edge.end();
    }
    return true;
  }

  @Override
  void snapshot(TaskSnapshot to) {
    flush(Long.MAX_VALUE);
  }

  /** Sends what belongs to a window that ends at or before a time. */
  private void flush(long end) {
    boolean any = false;
    while (!held.isEmpty() && firstEnd(held.firstKey()) <= end) {
      Partials all = held.pollFirstEntry().getValue();
      heldCount -= all.size();
      sent += all.size();
      all.drainTo(partial -> edge.emit(partial, partial.slice(), partial.hash()));
      spare.push(all);
      any = true;
    }
    if (any) {
      slice = Long.MIN_VALUE;
      otherSlice = Long.MIN_VALUE;
      judge();
    }
  }

  private long firstEnd(long start) {
    return slices == null ? Long.MAX_VALUE : slices.firstWindowEnd(start);
  }

  /** Gives folding up for a while if it does not pay. */
  private void judge() {
    if (sent >= MOST_HELD) {
      if (folded < PAYS * sent) {
        passOnUntil = in + PASS_ON;
      }
      folded = 0;
      sent = 0;
    }
  }

  @Override
  void close() {}

  @Override
  long recordsIn() {
    return in;
  }

  @Override
  long recordsOut() {
    return in;
  }
}
