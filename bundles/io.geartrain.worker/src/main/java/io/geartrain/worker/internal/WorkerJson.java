package io.geartrain.worker.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a worker says of itself as a member of the cluster. */
final class WorkerJson {
  private WorkerJson() {}

  /** As UTF-8. */
  static byte[] of(WorkerDescription worker, String address) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", worker.nodeId());
    fields.put("address", address);
    fields.put("slots", worker.slots());
    fields.put("labels", worker.labels());
    try {
      return new ObjectMapper().writeValueAsString(fields).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't write " + fields, e);
    }
  }
}
