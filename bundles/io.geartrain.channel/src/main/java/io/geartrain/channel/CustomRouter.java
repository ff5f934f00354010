package io.geartrain.channel;

import io.geartrain.api.CustomPartitioner;
import java.util.List;

/** Hands records to the task that a function of the application names; on the sender's thread. */
public final class CustomRouter extends EdgeWriter {
  private final CustomPartitioner<Object> partitioner;
  private final String edge;
  private ChannelWriter[] writers;

  /**
   * A router over the channels of all receiving tasks.
   *
   * @param edge name of the edge for messages
   */
  public CustomRouter(
      List<? extends ProducerEnd> channels,
      Credit credit,
      CustomPartitioner<Object> partitioner,
      String edge) {
    super(credit);
    this.partitioner = partitioner;
    this.edge = edge;
    route(RoutingTable.of(channels));
  }

  @Override
  void onRouted(ChannelWriter[] all, RoutingTable table) {
    writers = all;
  }

  @Override
  public void emit(Object value, long timestamp) throws Exception {
    int task = partitioner.partition(value, writers.length);
    if (task < 0 || task >= writers.length) {
      throw new IndexOutOfBoundsException(
          "the partitioner of the edge %s named task %d; there are tasks 0 to %d"
              .formatted(edge, task, writers.length - 1));
    }
    add(writers[task], value, timestamp);
  }
}
