package io.geartrain.logging.internal;

import java.util.Enumeration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.LoggerFactory;

/**
 * Carries the entries of the OSGi log to SLF4J; without it a component that fails to activate fails
 * silently. Called by the log service's own delivery thread.
 */
@Component(
    immediate = true,
    service = {})
public final class LogBridge {
  private final LogReaderService reader;
  private final LogListener listener;

  /**
   * Forwards what was logged so far, then everything to come.
   *
   * @param reader the OSGi log
   */
  @Activate
  public LogBridge(@Reference LogReaderService reader) {
    this.reader = reader;
    EntryForwarder forwarder = new EntryForwarder(LoggerFactory::getLogger);
    this.listener = forwarder::forward;
    Enumeration<LogEntry> newestFirst = reader.getLog();
    reader.addLogListener(listener);
    forwarder.forwardHistory(newestFirst);
  }

  @Deactivate
  void close() {
    reader.removeLogListener(listener);
  }
}
