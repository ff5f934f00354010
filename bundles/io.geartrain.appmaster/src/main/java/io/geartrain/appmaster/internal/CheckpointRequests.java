package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.CheckpointDecision.Answer;
import io.geartrain.protocol.CheckpointWish;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who waits for which checkpoint, and what is to become of that. A request is answered once the
 * output of its checkpoint is visible. Owned by {@link CheckpointCoordinator}.
 */
final class CheckpointRequests {
  private record Request(String id, CheckpointWish wish) {}

  private final List<CheckpointDecision> out;
  private final List<Request> next = new ArrayList<>();
  private final List<Request> current = new ArrayList<>();
  private final TreeMap<Long, List<Request>> standing = new TreeMap<>();

  /** Requests that are answered by decisions. */
  CheckpointRequests(List<CheckpointDecision> out) {
    this.out = out;
  }

  /** Whether a checkpoint is asked for that has not begun. */
  boolean isWaiting() {
    return !next.isEmpty();
  }

  /** Whether a savepoint is asked for that does not stand yet. */
  boolean hasSavepoint() {
    return savepoint(current).or(() -> savepoint(next)).isPresent();
  }

  /** Takes a request for the checkpoint that begins next. */
  void add(String id, CheckpointWish wish, long number) {
    next.add(new Request(id, wish));
    out.add(Answer.begun(id, number));
  }

  /** Turns a request down. */
  void refuse(String id, String code, String reason) {
    out.add(Answer.failed(id, 0, code, reason));
  }

  /** The savepoint that the checkpoint under way is to become. */
  Optional<CheckpointWish> savepoint() {
    return savepoint(current);
  }

  /** Whether the application is to end with the checkpoint under way. */
  boolean stops() {
    return savepoint().map(CheckpointWish::stop).orElse(false);
  }

  /** Who asked for the checkpoint under way; null if nobody did. */
  String principal() {
    return savepoint()
        .map(CheckpointWish::principal)
        .orElse(current.isEmpty() ? null : current.get(0).wish().principal());
  }

  /** A checkpoint has begun. */
  void begun() {
    current.addAll(next);
    next.clear();
  }

  /** The checkpoint under way stands. */
  void stands(long number) {
    if (!current.isEmpty()) {
      standing.put(number, List.copyOf(current));
      current.clear();
    }
  }

  /** All output up to a checkpoint is visible. */
  void published(long number) {
    answerStanding(standing.headMap(number, true));
  }

  private void answerStanding(SortedMap<Long, List<Request>> done) {
    done.forEach((at, them) -> them.forEach(each -> out.add(Answer.stands(each.id(), at))));
    done.clear();
  }

  /** The checkpoint under way is given up. */
  void failed(long number, String reason) {
    current.forEach(each -> out.add(Answer.failed(each.id(), number, "checkpoint-failed", reason)));
    current.clear();
  }

  /** No checkpoint is made any more; those that stand are published by whoever comes after. */
  void over(long number, String reason) {
    answerStanding(standing);
    failed(number, reason);
    begun();
    failed(number + 1, reason);
  }

  private static Optional<CheckpointWish> savepoint(Collection<Request> requests) {
    return requests.stream().map(Request::wish).filter(CheckpointWish::savepoint).findFirst();
  }
}
