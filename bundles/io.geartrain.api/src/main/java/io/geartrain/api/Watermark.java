package io.geartrain.api;

/** The low-water mark of event time, in ms: no record with a smaller timestamp is to come. */
public final class Watermark {
  /** Before any record. */
  public static final long MIN = Long.MIN_VALUE;

  /** After the last record: the input has ended. */
  public static final long MAX = Long.MAX_VALUE;

  private Watermark() {}
}
