package io.geartrain.cli.internal.rest;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongConsumer;

/** Hands a request body on and tells how much has passed. Runs on the publisher's threads. */
final class CountingPublisher implements Publisher<ByteBuffer> {
  private final Publisher<ByteBuffer> body;
  private final LongConsumer progress;

  CountingPublisher(Publisher<ByteBuffer> body, LongConsumer progress) {
    this.body = body;
    this.progress = progress;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    body.subscribe(new Counting(subscriber));
  }

  private final class Counting implements Subscriber<ByteBuffer> {
    private final Subscriber<? super ByteBuffer> next;
    private long passedBytes;

    private Counting(Subscriber<? super ByteBuffer> next) {
      this.next = next;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      next.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
      passedBytes += part.remaining();
      next.onNext(part);
      progress.accept(passedBytes);
    }

    @Override
    public void onError(Throwable error) {
      next.onError(error);
    }

    @Override
    public void onComplete() {
      next.onComplete();
    }
  }
}
