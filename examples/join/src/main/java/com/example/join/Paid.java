package com.example.join;

/** An order with one of its payments. */
record Paid(String order, long orderedCents, long paidCents, long afterMs) {
  static Paid of(Entry order, Entry payment) {
    return new Paid(
        order.order(), order.cents(), payment.cents(), payment.timeMs() - order.timeMs());
  }
}
