package io.geartrain.channel;

/**
 * How much a channel may hold.
 *
 * @param batchSize records per batch
 * @param batches how many batches exist, 2 or more
 */
public record ChannelSizes(int batchSize, int batches) {
  /** What is used unless said otherwise. */
  public static final ChannelSizes DEFAULT = new ChannelSizes(256, 8);

  /** Checks the numbers. */
  public ChannelSizes {
    if (batchSize < 1 || batches < 2) {
      throw new IllegalArgumentException(
          "a channel needs batches of 1 record or more and at least 2 of them, not "
              + batchSize
              + " and "
              + batches);
    }
  }
}
