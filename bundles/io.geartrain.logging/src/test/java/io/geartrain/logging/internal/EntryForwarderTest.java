package io.geartrain.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;

class EntryForwarderTest {
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
  private final EntryForwarder forwarder = new EntryForwarder(context::getLogger);

  @BeforeEach
  void listen() {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.DEBUG);
    root.addAppender(seen);
    seen.start();
  }

  @Test
  void shouldForwardMessageLevelAndCause() {
    forwarder.forward(
        new Entry("scr", LogLevel.ERROR, "cannot activate", new IllegalStateException("no port")));

    assertThat(seen.list)
        .extracting(
            ILoggingEvent::getLoggerName, ILoggingEvent::getLevel, ILoggingEvent::getMessage)
        .containsExactly(tuple("scr", Level.ERROR, "cannot activate"));
    assertThat(seen.list.get(0).getThrowableProxy().getMessage()).isEqualTo("no port");
  }

  @Test
  void shouldKeepTheHeartbeatOfTheFrameworkOutOfTheLog() {
    forwarder.forward(new Entry("Events.Service", LogLevel.INFO, "ServiceEvent REGISTERED", null));

    assertThat(seen.list).isEmpty();
  }

  @Test
  void shouldShowErrorsOfTheFramework() {
    forwarder.forward(new Entry("Events.Framework", LogLevel.ERROR, "FrameworkEvent ERROR", null));

    assertThat(seen.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR);
  }

  @Test
  void shouldForwardHistoryOldestFirst() {
    LogEntry older = new Entry("a", LogLevel.INFO, "older", null);
    LogEntry newer = new Entry("a", LogLevel.INFO, "newer", null);

    forwarder.forwardHistory(Collections.enumeration(List.of(newer, older)));

    assertThat(seen.list).extracting(ILoggingEvent::getMessage).containsExactly("older", "newer");
  }

  /** An entry that no bundle is known of. */
  private record Entry(String name, LogLevel logLevel, String message, Throwable cause)
      implements LogEntry {
    @Override
    public Bundle getBundle() {
      return null;
    }

    @Override
    public ServiceReference<?> getServiceReference() {
      return null;
    }

    @Override
    @Deprecated
    public int getLevel() {
      return logLevel.ordinal();
    }

    @Override
    public String getMessage() {
      return message;
    }

    @Override
    public Throwable getException() {
      return cause;
    }

    @Override
    public long getTime() {
      return 0;
    }

    @Override
    public LogLevel getLogLevel() {
      return logLevel;
    }

    @Override
    public String getLoggerName() {
      return name;
    }

    @Override
    public long getSequence() {
      return 0;
    }

    @Override
    public String getThreadInfo() {
      return "";
    }

    @Override
    public StackTraceElement getLocation() {
      return null;
    }
  }
}
