package com.example.sessions;

import io.geartrain.api.Aggregator;

/** What somebody did between two long pauses. */
record Visit(int clicks, Click first, Click last) {
  /** Nothing yet. */
  static final Visit NONE = new Visit(0, null, null);

  Visit and(Visit other) {
    if (clicks == 0 || other.clicks == 0) {
      return clicks == 0 ? other : this;
    }
    return new Visit(
        clicks + other.clicks,
        first.timeMs() <= other.first.timeMs() ? first : other.first,
        last.timeMs() > other.last.timeMs() ? last : other.last);
  }

  /** Makes visits of clicks, in whatever order they come. */
  static final class OfClicks implements Aggregator<Click, Visit, Visit> {
    @Override
    public Visit create() {
      return NONE;
    }

    @Override
    public Visit add(Visit visit, Click click) {
      return visit.and(new Visit(1, click, click));
    }

    @Override
    public Visit merge(Visit left, Visit right) {
      return left.and(right);
    }

    @Override
    public Visit result(Visit visit) {
      return visit;
    }
  }
}
