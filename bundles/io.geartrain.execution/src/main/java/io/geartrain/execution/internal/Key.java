package io.geartrain.execution.internal;

import io.geartrain.api.KeySelector;

/** The key of a keyed step's records. */
record Key(String stepId, KeySelector<Object, Object> selector) {
  /** Key of a record. */
  Object of(Object value) throws Exception {
    Object key = selector.key(value);
    if (key == null) {
      throw new NullPointerException(
          "the key of step '" + stepId + "' is null; filter such records out before keyBy");
    }
    return key;
  }
}
