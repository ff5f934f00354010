package io.geartrain.api;

import java.time.Duration;

/**
 * How records are grouped by event time. Windows are aligned to 1970-01-01T00:00Z, and cut where
 * time ends: those that would end at {@link Watermark#MAX} or after it are one.
 */
public sealed interface Window {
  /** One window over all time: its result leaves when the input has ended. */
  static Window global() {
    return new Global();
  }

  /** Windows of one size, one after the other. */
  static Window tumbling(Duration size) {
    return new Sliding(size, size);
  }

  /**
   * Windows of one size that begin at each multiple of {@code slide}; a record falls into {@code
   * size / slide} of them. The cost of a record does not depend on how many those are.
   */
  static Window sliding(Duration size, Duration slide) {
    return new Sliding(size, slide);
  }

  /** Windows that grow while records come, and end when none has come for {@code gap}. */
  static Window session(Duration gap) {
    return new Session(gap);
  }

  /** One window over all time. */
  record Global() implements Window {}

  /** Windows of one size at regular distances; tumbling where both are equal. */
  record Sliding(Duration size, Duration slide) implements Window {
    /** Checks the numbers. */
    public Sliding {
      positive("size", size);
      positive("slide", slide);
      if (slide.compareTo(size) > 0) {
        throw new DefinitionException(
            "windows of " + size + " that slide by " + slide + " would leave records out");
      }
    }
  }

  /** Windows that end after a time without records. */
  record Session(Duration gap) implements Window {
    /** Checks the gap. */
    public Session {
      positive("gap", gap);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new DefinitionException(
          "the " + name + " of a window must be 1 ms or more, but is " + value);
    }
  }
}
