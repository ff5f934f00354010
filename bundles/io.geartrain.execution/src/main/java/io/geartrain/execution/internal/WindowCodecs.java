package io.geartrain.execution.internal;

import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import io.geartrain.time.KeySessions;
import io.geartrain.time.KeySessions.Session;
import io.geartrain.time.KeyWindows;

/** Writes the windows of one key, their accumulators by the codec of whatever type. */
final class WindowCodecs {
  private WindowCodecs() {}

  static Codec<KeyWindows<Object>> windows(Codec<Object> any) {
    return new WindowsCodec(any);
  }

  static Codec<KeySessions<Object>> sessions(Codec<Object> any) {
    return new SessionsCodec(any);
  }

  private record WindowsCodec(Codec<Object> any) implements Codec<KeyWindows<Object>> {
    @Override
    @SuppressWarnings("unchecked")
    public Class<KeyWindows<Object>> type() {
      return (Class<KeyWindows<Object>>) (Class<?>) KeyWindows.class;
    }

    @Override
    public String fingerprint() {
      return "windows";
    }

    @Override
    public void write(KeyWindows<Object> windows, Output out) {
      out.writeVarInt(windows.size());
      for (int i = 0; i < windows.size(); i++) {
        out.writeSignedLong(windows.start(i));
        any.write(windows.accumulator(i), out);
      }
    }

    @Override
    public KeyWindows<Object> read(Input in) {
      KeyWindows<Object> windows = new KeyWindows<>();
      for (int left = in.readLength(2); left > 0; left--) {
        windows.restore(in.readSignedLong(), any.read(in));
      }
      return windows;
    }
  }

  private record SessionsCodec(Codec<Object> any) implements Codec<KeySessions<Object>> {
    @Override
    @SuppressWarnings("unchecked")
    public Class<KeySessions<Object>> type() {
      return (Class<KeySessions<Object>>) (Class<?>) KeySessions.class;
    }

    @Override
    public String fingerprint() {
      return "sessions";
    }

    @Override
    public void write(KeySessions<Object> sessions, Output out) {
      out.writeVarInt(sessions.all().size());
      for (Session<Object> session : sessions.all()) {
        out.writeSignedLong(session.start());
        out.writeSignedLong(session.end());
        out.writeBoolean(session.closed());
        any.write(session.accumulator(), out);
      }
    }

    @Override
    public KeySessions<Object> read(Input in) {
      KeySessions<Object> sessions = new KeySessions<>();
      for (int left = in.readLength(4); left > 0; left--) {
        long start = in.readSignedLong();
        long end = in.readSignedLong();
        boolean closed = in.readBoolean();
        sessions.restore(new Session<>(start, end, any.read(in), closed));
      }
      return sessions;
    }
  }
}
