package io.geartrain.simulation.cluster;

import io.geartrain.actor.ProtocolJson;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.simulation.fault.Coverage;
import io.geartrain.simulation.fault.Coverage.Sight;
import io.geartrain.simulation.fault.Faults;
import io.geartrain.simulation.fault.Moment;
import io.geartrain.simulation.time.Agenda;
import io.geartrain.simulation.time.Chance;
import io.geartrain.simulation.time.Life;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Carries messages between processes, as Akka does: those of one to another keep their order, and
 * some of the last are lost when the sender's machine dies; and tells those who watch of deaths.
 * One thread.
 */
final class Network {
  /** Takes messages. */
  @FunctionalInterface
  interface Receiver {
    /**
     * A message has come.
     *
     * @param sender the sender's address
     */
    void onMessage(ControlMessage message, String sender);
  }

  private record Endpoint(Life life, Life machine, Receiver receiver) {}

  private record Watch(
      Life watched, Life machine, Life watcher, Life watchersMachine, Runnable told) {}

  /** The way from one process to another. */
  private static final class Way {
    private long last;
    private int underWay;
    private int toBeLost;
  }

  private final Agenda agenda;
  private final Delays delays;
  private final Chance chance;
  private final Faults faults;
  private final Coverage coverage;
  private final ProtocolJson json;
  private final Map<String, Endpoint> endpoints = new HashMap<>();
  private final Map<String, Map<String, Way>> ways = new TreeMap<>();
  private final List<Watch> watches = new ArrayList<>();

  /**
   * A network without anybody.
   *
   * @param json writes and reads each message; null to hand them over as they are
   */
  Network(
      Agenda agenda,
      Delays delays,
      Chance chance,
      Faults faults,
      Coverage coverage,
      ProtocolJson json) {
    this.agenda = agenda;
    this.delays = delays;
    this.chance = chance;
    this.faults = faults;
    this.coverage = coverage;
    this.json = json;
  }

  /** Somebody is there. */
  void join(String address, Life life, Life machine, Receiver receiver) {
    endpoints.put(address, new Endpoint(life, machine, receiver));
  }

  /** Sends a message; from the dead none comes. */
  void send(String from, String to, ControlMessage message) {
    Endpoint sender = endpoints.get(from);
    sender.life().check();
    Endpoint receiver = endpoints.get(to);
    if (receiver == null) {
      coverage.see(Sight.DEAD_LETTER);
      return;
    }
    boolean local = sender.machine() == receiver.machine();
    Way way = ways.computeIfAbsent(from, f -> new TreeMap<>()).computeIfAbsent(to, t -> new Way());
    way.last = Math.max(way.last, agenda.now() + (local ? delays.mailbox() : delays.wire()));
    way.underWay++;
    ControlMessage sent = travelled(message);
    agenda.at(
        way.last,
        receiver.machine(),
        message.getClass().getSimpleName() + " from " + from + " to " + to,
        () -> arrive(way, receiver, sent, from));
  }

  private void arrive(Way way, Endpoint receiver, ControlMessage message, String from) {
    way.underWay--;
    if (way.underWay < way.toBeLost) {
      coverage.see(Sight.MESSAGE_LOST);
    } else if (!receiver.life().alive()) {
      coverage.see(Sight.DEAD_LETTER);
    } else {
      faults.at(Moment.MESSAGE, receiver.life());
      receiver.receiver().onMessage(message, from);
    }
  }

  /** Lets what somebody sends from now on arrive no sooner than after some time. */
  void holdUp(String from, long nanos) {
    ways.getOrDefault(from, Map.of()).values().forEach(way -> way.last = agenda.now() + nanos);
  }

  private ControlMessage travelled(ControlMessage message) {
    if (json == null) {
      return message;
    }
    try {
      return json.read(json.write(message), message.getClass());
    } catch (IOException e) {
      throw new UncheckedIOException("a message does not travel: " + message, e);
    }
  }

  /** Lets somebody be told, once, when another is dead; it may be already. */
  void watch(String address, String watcher, Runnable told) {
    Endpoint watched = endpoints.get(address);
    Endpoint watching = endpoints.get(watcher);
    Watch watch =
        new Watch(
            watched == null ? null : watched.life(),
            watched == null ? null : watched.machine(),
            watching.life(),
            watching.machine(),
            told);
    if (watched == null || !watched.life().alive()) {
      tell(watch);
    } else {
      watches.add(watch);
    }
  }

  /** Somebody has died: whoever watches is told of it, and some of what it sent is lost. */
  void onDeath() {
    for (Watch watch : List.copyOf(watches)) {
      if (!watch.watched().alive()) {
        watches.remove(watch);
        tell(watch);
      }
    }
    for (String from : List.copyOf(ways.keySet())) {
      if (!endpoints.get(from).machine().alive()) {
        ways.remove(from).values().forEach(this::lose);
      }
    }
  }

  private void lose(Way way) {
    way.toBeLost = chance.oneIn(2) ? 0 : (int) chance.between(0, way.underWay);
  }

  private void tell(Watch watch) {
    boolean local = watch.machine() == watch.watchersMachine();
    agenda.after(
        local ? delays.localDeath() : delays.remoteDeath(),
        watch.watcher(),
        "hears of the death of " + watch.watched(),
        watch.told());
  }
}
