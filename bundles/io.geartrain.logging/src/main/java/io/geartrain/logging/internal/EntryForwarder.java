package io.geartrain.logging.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Turns entries of the OSGi log into SLF4J calls. Stateless; called by any thread. */
final class EntryForwarder {
  private static final String EVENTS = "Events.";
  private static final String FRAMEWORK_EVENTS = "Events.Framework";

  private final Function<String, Logger> loggers;

  EntryForwarder(Function<String, Logger> loggers) {
    this.loggers = loggers;
  }

  /** Forwards what was logged before the bridge came up, oldest first. */
  void forwardHistory(Enumeration<LogEntry> newestFirst) {
    Deque<LogEntry> oldestFirst = new ArrayDeque<>();
    while (newestFirst.hasMoreElements()) {
      oldestFirst.push(newestFirst.nextElement());
    }
    oldestFirst.forEach(this::forward);
  }

  /** Forwards one entry under the name of the bundle that logged it. */
  void forward(LogEntry entry) {
    Level level = level(entry);
    Logger logger = loggers.apply(loggerName(entry));
    if (logger.isEnabledForLevel(level)) {
      logger.atLevel(level).setCause(entry.getException()).log(text(entry));
    }
  }

  /** Bundle and service events are the framework's heartbeat: of use to a debugger alone. */
  private static Level level(LogEntry entry) {
    String name = entry.getLoggerName();
    if (name != null && name.startsWith(EVENTS) && !isFrameworkError(entry)) {
      return Level.TRACE;
    }
    return switch (entry.getLogLevel()) {
      case AUDIT, INFO -> Level.INFO;
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case DEBUG -> Level.DEBUG;
      case TRACE -> Level.TRACE;
    };
  }

  private static boolean isFrameworkError(LogEntry entry) {
    return FRAMEWORK_EVENTS.equals(entry.getLoggerName())
        && (entry.getLogLevel() == LogLevel.ERROR || entry.getLogLevel() == LogLevel.WARN);
  }

  private static String loggerName(LogEntry entry) {
    Bundle bundle = entry.getBundle();
    if (bundle != null && bundle.getSymbolicName() != null) {
      return bundle.getSymbolicName();
    }
    return entry.getLoggerName() == null ? "osgi" : entry.getLoggerName();
  }

  private static String text(LogEntry entry) {
    return entry.getMessage() == null ? "" : entry.getMessage();
  }
}
