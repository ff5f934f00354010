package io.geartrain.simulation.graph;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.simulation.fault.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes items to the ledger in two phases. */
final class LedgerSink implements Sink<Item> {
  private final Site site;
  private final boolean timed;
  private final long nanosPerRecord;

  /**
   * A sink.
   *
   * @param timed whether the event times are written too
   * @param nanosPerRecord how slow it is
   */
  LedgerSink(Site site, boolean timed, long nanosPerRecord) {
    this.site = site;
    this.timed = timed;
    this.nanosPerRecord = nanosPerRecord;
  }

  /** What is written of an item. */
  static String text(Item item, long timestamp, boolean timed) {
    return timed ? item.id() + "@" + timestamp : Long.toString(item.id());
  }

  @Override
  public SinkWriter<Item> open(ProcessorContext context) {
    return new Writer(context);
  }

  @Override
  public void commit(String prepared) {
    site.at(Moment.PUBLISH);
    site.ledger().commit(prepared);
    site.at(Moment.PUBLISHED);
  }

  @Override
  public void discardAllBut(Set<String> safe, ProcessorContext context) {
    site.at(Moment.RESTORE);
    site.ledger().discardAllBut(safe, context.processorId(), context.taskIndex(), site.epoch());
  }

  private final class Writer implements SinkWriter<Item> {
    private final ProcessorContext context;
    private List<String> written = new ArrayList<>();

    Writer(ProcessorContext context) {
      this.context = context;
    }

    @Override
    public void write(Item value, long timestamp) {
      site.at(Moment.RECORD);
      site.spend(nanosPerRecord);
      written.add(text(value, timestamp, timed));
    }

    @Override
    public String prepare(long checkpointId) {
      site.at(Moment.SNAPSHOT);
      if (written.isEmpty()) {
        return null;
      }
      List<String> ready = written;
      written = new ArrayList<>();
      return site.ledger()
          .prepare(context.processorId(), context.taskIndex(), site.epoch(), checkpointId, ready);
    }

    @Override
    public String finish() {
      return prepare(Long.MAX_VALUE);
    }
  }
}
