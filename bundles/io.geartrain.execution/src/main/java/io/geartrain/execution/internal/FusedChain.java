package io.geartrain.execution.internal;

import io.geartrain.channel.Batch;
import io.geartrain.channel.Credit;
import io.geartrain.channel.EdgeWriter;
import io.geartrain.metrics.TaskCounters;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of one task, which call each other directly, and the edges that leave them. On the
 * task's thread, but for {@link #resumable} and {@link #drainable}.
 */
final class FusedChain {
  private static final Logger LOG = LoggerFactory.getLogger(FusedChain.class);

  private final List<Step> steps;
  private final Step head;
  private final List<EdgeWriter> writers;
  private final Credit credit;
  private final FailureLatch failures;

  /**
   * A chain.
   *
   * @param steps the head first, each before those behind it
   */
  FusedChain(List<Step> steps, List<EdgeWriter> writers, Credit credit, FailureLatch failures) {
    this.steps = List.copyOf(steps);
    this.head = steps.get(0);
    this.writers = List.copyOf(writers);
    this.credit = credit;
    this.failures = failures;
  }

  /** The step that the records reach first. */
  Step head() {
    return head;
  }

  /** Opens all steps, those behind first. */
  void open() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      steps.get(i).open();
    }
  }

  /**
   * Processes records until the end of the range, or until credit runs out.
   *
   * @return where it stopped
   */
  int process(Batch batch, int from, int to) {
    Object[] values = batch.values();
    long[] timestamps = batch.timestamps();
    int at = from;
    while (at < to) {
      head.process(values[at], timestamps[at]);
      at++;
      if (credit.exhausted()) {
        failures.check();
        break;
      }
    }
    return at;
  }

  void watermark(long watermarkMs) {
    head.watermark(watermarkMs);
  }

  /** All input has ended. */
  void end() {
    head.end();
    failures.check();
  }

  /** Sends all that has piled up. */
  void flush() {
    for (EdgeWriter writer : writers) {
      writer.flush();
    }
  }

  boolean exhausted() {
    return credit.exhausted();
  }

  /** Tries to get credit for each output; if there is none, the task is woken for it. */
  boolean resume() {
    boolean all = true;
    for (EdgeWriter writer : writers) {
      all &= writer.resume();
    }
    if (all) {
      credit.restore();
    }
    return all;
  }

  boolean resumable() {
    for (EdgeWriter writer : writers) {
      if (!writer.resumable()) {
        return false;
      }
    }
    return true;
  }

  /** After the end: sends what waits for credit; whether all has been sent. */
  boolean drain() {
    boolean all = true;
    for (EdgeWriter writer : writers) {
      all &= writer.drain();
    }
    return all;
  }

  boolean drainable() {
    for (EdgeWriter writer : writers) {
      if (!writer.drainable()) {
        return false;
      }
    }
    return true;
  }

  /** Closes all steps whatever happens; what they throw is logged. */
  void close(String taskId) {
    for (Step step : steps) {
      try {
        step.close();
      } catch (Throwable e) {
        LOG.warn("Closing step '{}' of task {} failed", step.id(), taskId, e);
      }
    }
  }

  void publish(TaskCounters counters) {
    for (int i = 0; i < steps.size(); i++) {
      counters.records(i, steps.get(i).recordsIn(), steps.get(i).recordsOut());
    }
  }
}
