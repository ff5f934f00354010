package io.geartrain.launcher;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/**
 * Takes what the framework itself logs, and remembers the errors of its start. Called by any
 * thread.
 */
final class FrameworkLog extends Logger implements FrameworkListener {
  private final org.slf4j.Logger log = LoggerFactory.getLogger("osgi.framework");
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  /** Errors so far, one line each. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  /** From now on bundles that do not start are no news: the framework goes down under them. */
  void expectStop() {
    stopping = true;
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.ERROR && !stopping) {
      Throwable cause = event.getThrowable();
      errors.add(event.getBundle().getSymbolicName() + ": " + cause.getMessage());
      log.error("{}", event.getBundle(), cause);
    }
  }

  @Override
  protected void doLog(
      Bundle bundle, ServiceReference reference, int level, String message, Throwable cause) {
    doLog(level, bundle == null ? message : bundle + ": " + message, cause);
  }

  @Override
  protected void doLog(int level, String message, Throwable cause) {
    switch (stopping ? LOG_DEBUG : level) {
      case LOG_ERROR -> log.error(message, cause);
      case LOG_WARNING -> log.warn(message, cause);
      case LOG_INFO -> log.info(message, cause);
      default -> log.debug(message, cause);
    }
  }
}
