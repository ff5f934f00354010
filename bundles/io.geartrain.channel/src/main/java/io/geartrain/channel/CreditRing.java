package io.geartrain.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;

/**
 * Hands things over from one thread to another, and takes them back to be filled again. One thread
 * at a time acts as producer, one as consumer. A fixed number of things exists; who holds an empty
 * one may send it.
 *
 * <p>No wake-up is lost: each side first publishes its change, then, behind a full fence, looks
 * whether the other side sleeps; who goes to sleep first says so, then, behind a full fence, looks
 * once more for a change.
 *
 * @param <T> what is handed over: batches of records, or the bytes of them
 */
public final class CreditRing<T> {
  private static final VarHandle CREDIT_WANTED;

  static {
    try {
      CREDIT_WANTED =
          MethodHandles.lookup().findVarHandle(CreditRing.class, "creditWanted", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ChannelId id;
  private final int credit;
  private final int resumeAt;
  private final Supplier<T> maker;
  private final Wakeable producer;
  private final Wakeable consumer;
  private final SpscRing<T> filled;
  private final SpscRing<T> empty;
  private int made;
  private boolean creditWanted;

  /**
   * A ring.
   *
   * @param id names it in messages
   * @param credit how many things may exist
   * @param maker makes one; called by the producer
   * @param producer is woken when it waits for credit and half of it is back
   * @param consumer is woken when something comes
   */
  public CreditRing(
      ChannelId id, int credit, Supplier<T> maker, Wakeable producer, Wakeable consumer) {
    this.id = id;
    this.credit = credit;
    this.resumeAt = Math.max(1, credit / 2);
    this.maker = maker;
    this.producer = producer;
    this.consumer = consumer;
    this.filled = new SpscRing<>(credit);
    this.empty = new SpscRing<>(credit);
  }

  /** Something empty to fill, or null if there is no credit. By the producer. */
  public T acquire() {
    T thing = empty.poll();
    if (thing == null && made < credit) {
      made++;
      thing = maker.get();
    }
    return thing;
  }

  /** Hands over what was acquired, or another in its place. By the producer. */
  public void send(T thing) {
    if (!filled.offer(thing)) {
      throw new IllegalStateException("more was sent than there is credit in channel " + id);
    }
    VarHandle.fullFence();
    consumer.wake();
  }

  /** How many wait for the consumer. */
  public int waiting() {
    return filled.size();
  }

  /** Asks to be woken once half of the credit is back. By the producer. */
  public void wantCredit() {
    CREDIT_WANTED.setVolatile(this, true);
    VarHandle.fullFence();
  }

  /**
   * Takes {@link #wantCredit} back. By the producer, who alone writes the wish: a consumer that
   * answered an old one would wipe out the next, made since, and nobody would answer that.
   */
  public void hasCreditAgain() {
    CREDIT_WANTED.setOpaque(this, false);
  }

  /** Whether a producer without credit should go on. By the producer. */
  public boolean resumable() {
    return empty.size() + (credit - made) >= resumeAt;
  }

  /** The next that was sent, or null. By the consumer. */
  public T poll() {
    return filled.poll();
  }

  /** Whether nothing waits. By anybody. */
  public boolean isEmpty() {
    return filled.isEmpty();
  }

  /** Gives what was taken back as credit, or another in its place. By the consumer. */
  public void recycle(T thing) {
    if (!empty.offer(thing)) {
      throw new IllegalStateException("more credit comes back than there was in channel " + id);
    }
    VarHandle.fullFence();
    if (creditWanted() && empty.size() >= resumeAt) {
      producer.wake();
    }
  }

  private boolean creditWanted() {
    return (boolean) CREDIT_WANTED.getOpaque(this);
  }

  /** How many may exist. */
  public int credit() {
    return credit;
  }
}
