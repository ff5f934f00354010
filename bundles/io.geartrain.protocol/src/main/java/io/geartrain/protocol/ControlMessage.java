package io.geartrain.protocol;

/**
 * Any message between roles. The serialiser accepts exactly the records that are permitted here, by
 * their simple names, which are therefore unique.
 */
public sealed interface ControlMessage
    permits ClientToMaster,
        MasterToClient,
        MasterToWorker,
        WorkerToMaster,
        MasterToAppMaster,
        AppMasterToMaster,
        AppMasterToWorker,
        WorkerToAppMaster,
        AppMasterToExecutor,
        ExecutorToAppMaster {}
