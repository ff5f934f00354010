package io.geartrain.execution.internal;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs the writer of a sink; on the task's thread. */
final class SinkStep extends Step {
  private final Sink<Object> sink;
  private final ProcessorContext context;
  private final TaskState state;
  private final FailureLatch failures;
  private final List<Prepared> prepared = new ArrayList<>();
  private SinkWriter<Object> writer;
  private long written;
  private boolean ended;

  SinkStep(Sink<Object> sink, ProcessorContext context, TaskState state, FailureLatch failures) {
    super(context.processorId());
    this.sink = sink;
    this.context = context;
    this.state = state;
    this.failures = failures;
  }

  /** What was made ready, in which checkpoint; {@link Long#MAX_VALUE} if in none yet. */
  private record Prepared(String what, long checkpointId) {}

  @Override
  void open() {
    commitRestored();
    try {
      Set<String> safe = new LinkedHashSet<>();
      state.all(id(), TaskState.PREPARED).forEach(what -> safe.add((String) what));
      sink.discardAllBut(safe, context);
      writer = sink.open(context);
      if (writer == null) {
        throw new NullPointerException("open() of the sink gave null");
      }
    } catch (Throwable e) {
      throw failures.note(id(), null, null, e);
    }
  }

  @Override
  void process(Object value, long timestamp) {
    try {
      writer.write(value, timestamp);
    } catch (Throwable e) {
      throw failures.note(id(), value, timestamp, e);
    }
    written++;
  }

  @Override
  boolean watermark(long watermarkMs) {
    return true;
  }

  @Override
  boolean end() {
    if (!ended) {
      ended = true;
      try {
        prepared(writer.finish(), Long.MAX_VALUE);
      } catch (Throwable e) {
        throw failures.note(id(), null, null, e);
      }
    }
    return true;
  }

  @Override
  void snapshot(TaskSnapshot to) {
    try {
      prepared(writer.prepare(to.checkpointId()), to.checkpointId());
    } catch (Throwable e) {
      throw failures.note(id(), null, null, e);
    }
    save(to);
  }

  @Override
  void lastSnapshot(TaskSnapshot to) {
    prepared.replaceAll(
        ready -> new Prepared(ready.what(), Math.min(ready.checkpointId(), to.checkpointId())));
    save(to);
  }

  private void save(TaskSnapshot to) {
    prepared.forEach(ready -> to.put(id(), TaskState.PREPARED, ready.what()));
  }

  private void prepared(String what, long checkpointId) {
    if (what != null) {
      prepared.add(new Prepared(what, checkpointId));
    }
  }

  @Override
  void commit(long checkpointId) {
    while (!prepared.isEmpty() && prepared.get(0).checkpointId() <= checkpointId) {
      commit(prepared.get(0).what());
      prepared.remove(0);
    }
  }

  @Override
  void abandon() throws Exception {
    if (!prepared.isEmpty()) {
      prepared.clear();
      sink.discardAllBut(Set.of(), context);
    }
  }

  @Override
  void reopenFinished() {
    commitRestored();
  }

  private void commitRestored() {
    state.share(id(), TaskState.PREPARED).forEach(what -> commit((String) what));
  }

  private void commit(String what) {
    try {
      sink.commit(what);
    } catch (Throwable e) {
      throw failures.note(id(), null, null, e);
    }
  }

  @Override
  void close() throws Exception {
    SinkWriter<Object> open = writer;
    writer = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  long recordsIn() {
    return written;
  }

  @Override
  long recordsOut() {
    return written;
  }
}
