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
import io.geartrain.time.TimerQueue;

/** Runs a keyed processor with its state and timers; on the task's thread. */
final class KeyedStep extends UserStep {
  private final Key key;
  private final KeyedProcessor<Object, Object, Object> processor;
  private final KeyedStates states = new KeyedStates();
  private final KeyTimers timers;
  private final Context context;
  private boolean opened;

  KeyedStep(
      Key key,
      KeyedProcessor<Object, Object, Object> processor,
      ProcessorContext context,
      TaskClock clock,
      Outlets outlets,
      FailureLatch failures) {
    super(key.stepId(), outlets, failures);
    this.key = key;
    this.processor = processor;
    this.timers = new KeyTimers(states, clock);
    this.context = new Context(context);
  }

  @Override
  void open() {
    opened = true;
    guarded(() -> processor.open(context));
    states.seal();
  }

  @Override
  void onRecord(Object value, long timestamp) throws Exception {
    states.key(key.of(value));
    processor.process(value, timestamp, outlets().main());
  }

  @Override
  void onWatermark(long watermarkMs) throws Exception {
    timers.watermark(watermarkMs);
    fire(timers.eventTime(), watermarkMs, Timers.Domain.EVENT_TIME);
  }

  @Override
  long nextProcessingTime() {
    return timers.processingTimers().next();
  }

  @Override
  void processingTime(long nowMs) {
    guarded(() -> fire(timers.processingTimers(), nowMs, Timers.Domain.PROCESSING_TIME));
  }

  private void fire(TimerQueue<Object> queue, long time, Timers.Domain domain) throws Exception {
    TimerQueue.Timer<Object> timer = queue.poll(time);
    while (timer != null) {
      states.key(timer.key());
      outlets().timestamp(timer.timestamp());
      processor.onTimer(timer.timestamp(), domain, outlets().main());
      timer = queue.poll(time);
    }
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
