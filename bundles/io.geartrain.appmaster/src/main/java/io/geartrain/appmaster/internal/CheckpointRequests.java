package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.CheckpointDecision.Answer;
import io.geartrain.protocol.CheckpointWish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who waits for which checkpoint, and what is to become of that. Owned by {@link
 * CheckpointCoordinator}.
 */
final class CheckpointRequests {
  private record Request(String id, CheckpointWish wish) {}

  private final List<CheckpointDecision> out;
  private final List<Request> next = new ArrayList<>();
  private final List<Request> current = new ArrayList<>();

  /** Requests that are answered by decisions. */
  CheckpointRequests(List<CheckpointDecision> out) {
    this.out = out;
  }

  /** Whether a checkpoint is asked for that has not begun. */
  boolean isWaiting() {
    return !next.isEmpty();
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

  /** The savepoint that was asked for and does not stand yet. */
  Optional<CheckpointWish> savepoint() {
    return savepoint(current).or(() -> savepoint(next));
  }

  /** The savepoint that the checkpoint under way is to become. */
  Optional<CheckpointWish> currentSavepoint() {
    return savepoint(current);
  }

  private static Optional<CheckpointWish> savepoint(List<Request> requests) {
    return requests.stream().map(Request::wish).filter(CheckpointWish::savepoint).findFirst();
  }

  /** Who asked for the checkpoint under way; null if nobody did. */
  String principal() {
    return currentSavepoint()
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
    current.forEach(each -> out.add(Answer.stands(each.id(), number)));
    current.clear();
  }

  /** The checkpoint under way is given up. */
  void failed(long number, String reason) {
    current.forEach(each -> out.add(Answer.failed(each.id(), number, "checkpoint-failed", reason)));
    current.clear();
  }

  /** No checkpoint is made any more. */
  void failedAll(long number, String reason) {
    failed(number, reason);
    begun();
    failed(number + 1, reason);
  }
}
