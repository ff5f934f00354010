package io.geartrain.execution.internal;

import io.geartrain.channel.Batch;
import io.geartrain.channel.Credit;
import io.geartrain.channel.EdgeWriter;
import io.geartrain.metrics.TaskCounters;
import io.geartrain.plan.ErrorText;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of one task, which call each other directly, and the edges that leave them. On the
 * task's thread, but for {@link #resumable} and {@link #drainable}.
 */
public final class FusedChain {
  private static final Logger LOG = LoggerFactory.getLogger(FusedChain.class);

  private final List<Step> planned;
  private final List<Step> steps;
  private final Step head;
  private final List<EdgeWriter> writers;
  private final Credit credit;
  private final FailureLatch failures;

  /**
   * A chain.
   *
   * @param planned the steps of the plan, the head first, each before those behind it
   * @param combining what stands between them and the edges
   */
  FusedChain(
      List<Step> planned,
      List<Step> combining,
      List<EdgeWriter> writers,
      Credit credit,
      FailureLatch failures) {
    List<Step> all = new ArrayList<>(planned);
    all.addAll(combining);
    this.planned = List.copyOf(planned);
    this.steps = List.copyOf(all);
    this.head = planned.get(0);
    this.writers = List.copyOf(writers);
    this.credit = credit;
    this.failures = failures;
  }

  /** The step that the records reach first. */
  Step head() {
    return head;
  }

  /** Opens all steps, those behind first. */
  public void open() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      steps.get(i).open();
    }
  }

  /**
   * Processes records until the end of the range, or until credit runs out.
   *
   * @return where it stopped
   */
  public int process(Batch batch, int from, int to) {
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

  /**
   * Event time moved on, but has not ended.
   *
   * @return false if the steps have more to hand on than there is credit or time for: then they
   *     must be told the same again, and get nothing else before
   */
  public boolean watermark(long watermarkMs) {
    return head.watermark(watermarkMs);
  }

  /** Whether the task gets nothing now, so that those behind do not wait for its event time. */
  public void idle(boolean isIdle) {
    steps.forEach(step -> step.idle(isIdle));
    for (EdgeWriter writer : writers) {
      writer.idle(isIdle);
    }
  }

  /** When the clock must call; far off if no step waits for it. In ms since 1970. */
  public long nextProcessingTime() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < steps.size(); i++) {
      next = Math.min(next, steps.get(i).nextProcessingTime());
    }
    return next;
  }

  /** Calls the steps that wait for the clock. */
  public void processingTime(long nowMs) {
    for (Step step : steps) {
      if (step.nextProcessingTime() <= nowMs) {
        step.processingTime(nowMs);
      }
    }
    failures.check();
  }

  /** All input has ended; the answer is as that of {@link #watermark}. */
  public boolean end() {
    boolean all = head.end();
    failures.check();
    return all;
  }

  /** Instead of {@link #open}, if the task had come to its end before the checkpoint. */
  public void reopenFinished() {
    steps.forEach(Step::reopenFinished);
    failures.check();
    writers.forEach(EdgeWriter::end);
  }

  /** All barriers have come: saves what the steps have in memory. */
  public void snapshot(TaskSnapshot to) {
    steps.forEach(step -> step.snapshot(to));
    failures.check();
  }

  /** The same after the end. */
  public void lastSnapshot(TaskSnapshot to) {
    steps.forEach(step -> step.lastSnapshot(to));
  }

  /** A checkpoint is safe: makes visible what was made ready up to it. */
  public void commit(long checkpointId) {
    steps.forEach(step -> step.commit(checkpointId));
    failures.check();
  }

  /** Sends all that has piled up, and a barrier. */
  public void barrier(long checkpointId) {
    for (EdgeWriter writer : writers) {
      writer.barrier(checkpointId);
    }
  }

  /** Sends all that has piled up. */
  public void flush() {
    for (EdgeWriter writer : writers) {
      writer.flush();
    }
  }

  /** Whether there is no credit for one more record. */
  public boolean exhausted() {
    return credit.exhausted();
  }

  /** Tries to get credit for each output; if there is none, the task is woken for it. */
  public boolean resume() {
    boolean all = true;
    for (EdgeWriter writer : writers) {
      all &= writer.resume();
    }
    if (all) {
      credit.restore();
    }
    return all;
  }

  /** Whether {@link #resume} would succeed; perhaps wrong if asked by another thread. */
  public boolean resumable() {
    for (EdgeWriter writer : writers) {
      if (!writer.resumable()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a {@link #flush} would send what has waited for credit; bears other threads. */
  public boolean owes() {
    for (EdgeWriter writer : writers) {
      if (writer.owes()) {
        return true;
      }
    }
    return false;
  }

  /** After the end: sends what waits for credit; whether all has been sent. */
  public boolean drain() {
    boolean all = true;
    for (EdgeWriter writer : writers) {
      all &= writer.drain();
    }
    return all;
  }

  /** Whether {@link #drain} would get on; perhaps wrong if asked by another thread. */
  public boolean drainable() {
    for (EdgeWriter writer : writers) {
      if (!writer.drainable()) {
        return false;
      }
    }
    return true;
  }

  /** Takes back what was made ready whatever happens; what the steps throw is logged. */
  public void abandon(String taskId) {
    for (Step step : steps) {
      try {
        step.abandon();
      } catch (Throwable e) {
        warn("Cleaning up after", step, taskId, e);
      }
    }
  }

  /** Closes all steps whatever happens; what they throw is logged. */
  public void close(String taskId) {
    for (Step step : steps) {
      try {
        step.close();
      } catch (Throwable e) {
        warn("Closing", step, taskId, e);
      }
    }
  }

  /** As text, for the logging would ask the user's exception what it says. */
  private static void warn(String what, Step step, String taskId, Throwable e) {
    LOG.warn("{} step '{}' of task {} failed: {}", what, step.id(), taskId, ErrorText.trace(e));
  }

  /** Publishes what each step has done. */
  public void publish(TaskCounters counters) {
    for (int i = 0; i < planned.size(); i++) {
      Step step = planned.get(i);
      counters.records(i, step.recordsIn(), step.recordsOut());
      counters.late(i, step.recordsLate(), step.recordsDropped());
    }
  }
}
