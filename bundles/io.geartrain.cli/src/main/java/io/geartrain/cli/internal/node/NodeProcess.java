package io.geartrain.cli.internal.node;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node as a child process. Does not get the terminal's Ctrl-C itself, so that its parent can end
 * things in order; {@link #stop} may be called by any thread, also before or during {@link #start}.
 */
public final class NodeProcess {
  private static final int KEPT_LINES = 40;
  private static final Duration KILL_GRACE = Duration.ofSeconds(5);
  private static final String IGNORE_INTERRUPT = "trap '' INT HUP; exec \"$0\" \"$@\"";

  private final List<String> command;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private Process process;
  private Thread drain;
  private boolean stopped;

  /**
   * A node that is not started yet.
   *
   * @param script the distribution's {@code bin/gear}
   * @param options of {@code gear node start}
   */
  public NodeProcess(Path script, List<String> options) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("/bin/sh", "-c", IGNORE_INTERRUPT, script.toString(), "node", "start"));
    words.addAll(options);
    command = List.copyOf(words);
  }

  /**
   * Starts the node, unless it has been stopped already.
   *
   * @throws IOException if the script can't be run
   */
  public synchronized void start() throws IOException {
    if (stopped) {
      return;
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    process = builder.start();
    InputStream lines = process.getInputStream();
    drain = new Thread(() -> drain(lines), "node-output");
    drain.setDaemon(true);
    drain.start();
  }

  /** Whether the process runs. */
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Whether a process id is this process or one that it started. */
  public synchronized boolean owns(long pid) {
    return process != null
        && (process.pid() == pid || process.descendants().anyMatch(d -> d.pid() == pid));
  }

  /** The status with which the process ended; -1 while it runs or if it was never started. */
  public synchronized int exitStatus() {
    return process == null || process.isAlive() ? -1 : process.exitValue();
  }

  /**
   * Waits until a started process has ended by itself.
   *
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public void await() throws InterruptedException {
    Process started;
    synchronized (this) {
      started = process;
    }
    started.waitFor();
  }

  /** The last lines that the node wrote; complete once it has ended. */
  public List<String> lastLines() {
    awaitDrain();
    synchronized (lastLines) {
      return new ArrayList<>(lastLines);
    }
  }

  /**
   * Ends the process and those that it started, by force if it takes longer than the grace. Does
   * nothing if it has ended.
   */
  public synchronized void stop(Duration grace) {
    stopped = true;
    if (process == null || !process.isAlive()) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroy);
    if (!awaitEnd(grace)) {
      all.forEach(ProcessHandle::destroyForcibly);
      awaitEnd(KILL_GRACE);
    }
  }

  private boolean awaitEnd(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void awaitDrain() {
    Thread thread;
    synchronized (this) {
      thread = process == null || process.isAlive() ? null : drain;
    }
    if (thread != null) {
      try {
        thread.join(1000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void drain(InputStream lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (lastLines) {
          lastLines.addLast(line);
          if (lastLines.size() > KEPT_LINES) {
            lastLines.removeFirst();
          }
        }
      }
    } catch (IOException e) {
      // the pipe ends with the process
    }
  }
}
