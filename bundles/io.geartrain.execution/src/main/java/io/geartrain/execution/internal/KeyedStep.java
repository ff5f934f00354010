package io.geartrain.execution.internal;

import io.geartrain.api.Emitter;
import io.geartrain.api.KeyedContext;
import io.geartrain.api.KeyedProcessor;
import io.geartrain.api.ListState;
import io.geartrain.api.MapState;
import io.geartrain.api.OutputTag;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Settings;
import io.geartrain.api.Timers;
import io.geartrain.api.ValueState;
import io.geartrain.state.KeyedStates;
import io.geartrain.time.TimerQueue;

/** Runs a keyed processor with its state and timers; on the task's thread. */
final class KeyedStep extends UserStep {
  private final Key key;
  private final KeyedProcessor<Object, Object, Object> processor;
  private final KeyedStates<Object> states;
  private final KeyTimers timers;
  private final Context context;
  private boolean opened;

  KeyedStep(
      Key key,
      KeyedProcessor<Object, Object, Object> processor,
      ProcessorContext context,
      TaskClock clock,
      TaskState state,
      Outlets outlets,
      FailureLatch failures) {
    super(key.stepId(), outlets, failures);
    this.key = key;
    this.processor = processor;
    this.states = state.keyed(key.stepId());
    this.timers =
        new KeyTimers(
            states, clock, state.largest(key.stepId(), TaskState.WATERMARK, Long.MIN_VALUE));
    this.context = new Context(context);
  }

  @Override
  void open() {
    opened = true;
    guarded(
        () -> {
          processor.open(context);
          states.seal(id());
        });
  }

  @Override
  void snapshot(TaskSnapshot to) {
    to.put(id(), TaskState.WATERMARK, timers.watermark());
    to.keyed(id(), states);
  }

  @Override
  void onRecord(Object value, long timestamp) throws Exception {
    states.key(key.of(value));
    processor.process(value, timestamp, outlets().main());
  }

  @Override
  boolean onWatermark(long watermarkMs) throws Exception {
    timers.watermark(watermarkMs);
    return fire(watermarkMs, Timers.Domain.EVENT_TIME);
  }

  @Override
  long nextProcessingTime() {
    return timers.nextProcessingTime();
  }

  @Override
  void processingTime(long nowMs) {
    guarded(() -> fire(nowMs, Timers.Domain.PROCESSING_TIME));
  }

  /** Calls the timers that are due; whether all were. */
  private boolean fire(long time, Timers.Domain domain) throws Exception {
    for (TimerQueue.Timer<Object> timer = timers.poll(time, domain);
        timer != null;
        timer = timers.poll(time, domain)) {
      states.key(timer.key());
      outlets().timestamp(timer.timestamp());
      processor.onTimer(timer.timestamp(), domain, outlets().main());
      if (!mayGoOn()) {
        return false;
      }
    }
    return true;
  }

  @Override
  void close() throws Exception {
    if (opened) {
      opened = false;
      processor.close();
    }
  }

  /** What the processor works with. */
  private final class Context implements KeyedContext<Object> {
    private final ProcessorContext step;

    Context(ProcessorContext step) {
      this.step = step;
    }

    @Override
    public Object key() {
      return states.key();
    }

    @Override
    public <V> ValueState<V> valueState(String name, Class<V> type) {
      return states.value(name);
    }

    @Override
    public <V> ListState<V> listState(String name, Class<V> type) {
      return states.list(name);
    }

    @Override
    public <M, V> MapState<M, V> mapState(String name, Class<M> keyType, Class<V> valueType) {
      return states.map(name);
    }

    @Override
    public Timers timers() {
      return timers;
    }

    @Override
    public String applicationId() {
      return step.applicationId();
    }

    @Override
    public String processorId() {
      return step.processorId();
    }

    @Override
    public int taskIndex() {
      return step.taskIndex();
    }

    @Override
    public int parallelism() {
      return step.parallelism();
    }

    @Override
    public <R> Emitter<R> output(OutputTag<R> tag) {
      return step.output(tag);
    }

    @Override
    public Settings settings() {
      return step.settings();
    }
  }
}
