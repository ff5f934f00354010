package io.geartrain.console.rest.internal.http;

import io.geartrain.console.rest.internal.events.EventHub;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events to one client, written without blocking: what a slow client has not taken yet
 * is replaced by what is newer, so that it holds one document of each name at most. Guarded by
 * itself.
 */
final class EventStream implements EventHub.Subscriber, WriteListener, AsyncListener {
  private static final byte[] HELLO = bytes("retry: 2000\n\n");
  private static final byte[] HEARTBEAT = bytes(":\n\n");
  private static final String HEARTBEAT_KEY = "";

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final EventHub hub;
  private final AsyncContext context;
  private final ServletOutputStream out;
  private final BooleanSupplier stillAllowed;
  private final Map<String, byte[]> waiting = new LinkedHashMap<>();
  private boolean unflushed;
  private boolean closed;

  EventStream(EventHub hub, AsyncContext context, BooleanSupplier stillAllowed) throws IOException {
    this.hub = hub;
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.stillAllowed = stillAllowed;
    waiting.put("retry", HELLO);
  }

  /** Starts to write. */
  void start() {
    context.addListener(this);
    out.setWriteListener(this);
  }

  @Override
  public void send(String event, byte[] data) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(data.length + 32);
    frame.writeBytes(bytes("event: " + event + "\ndata: "));
    frame.writeBytes(data);
    frame.writeBytes(bytes("\n\n"));
    enqueue(event, frame.toByteArray());
  }

  @Override
  public void beat() {
    if (stillAllowed.getAsBoolean()) {
      enqueue(HEARTBEAT_KEY, HEARTBEAT);
    } else {
      end();
    }
  }

  private void enqueue(String key, byte[] frame) {
    boolean writable;
    synchronized (this) {
      waiting.put(key, frame);
      writable = drain();
    }
    if (!writable) {
      end();
    }
  }

  @Override
  public void onWritePossible() {
    boolean writable;
    synchronized (this) {
      writable = drain();
    }
    if (!writable) {
      end();
    }
  }

  /** Writes what the client takes now; false if it has gone. */
  private boolean drain() {
    try {
      while (!closed && out.isReady() && (unflushed || !waiting.isEmpty())) {
        if (waiting.isEmpty()) {
          out.flush();
          unflushed = false;
        } else {
          var next = waiting.entrySet().iterator();
          byte[] frame = next.next().getValue();
          next.remove();
          unflushed = true;
          out.write(frame);
        }
      }
      return true;
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  /** Never called with the lock of this object held: the hub's lock comes first. */
  private void end() {
    hub.unsubscribe(this);
    close();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.clear();
    }
    try {
      context.complete();
    } catch (IllegalStateException e) {
      LOG.debug("The container had completed the stream already", e);
    }
  }

  @Override
  public void onError(Throwable error) {
    end();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    hub.unsubscribe(this);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
