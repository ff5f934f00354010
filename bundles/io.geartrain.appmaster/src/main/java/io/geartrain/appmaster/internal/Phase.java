package io.geartrain.appmaster.internal;

/**
 * Where an application is between its launch and its end.
 *
 * <pre>
 * phase       awaits                       then                                      limit
 * LAUNCHING   first executor               PLANNING                                  launch
 * PLANNING    Planned                      RESTORING                                 planning
 * RESTORING   the last checkpoint          REQUESTING, after a restart DEPLOYING     none
 * REQUESTING  SlotsDecided                 all assigned: DEPLOYING, else WAITING     slots
 * WAITING     SlotsDecided, all assigned   DEPLOYING                                 none
 * DEPLOYING   all executors launched       INSTALLING                                launch
 * INSTALLING  all PlanInstalled            RUNNING                                   install
 * RUNNING     TaskFinished of every task   FINISHING                                 none
 * RUNNING     the savepoint to end with    FINISHING                                 none
 * FINISHING   the last checkpoint          STOPPING for COMPLETED, or for CANCELLED  none
 *                                          where it was stopped with a savepoint
 * RUNNING, …  a failure, once again        RECOVERING
 * RECOVERING  all executors gone, back-off RESTORING                                 twice stop
 * any         a failure for good           STOPPING for FAILED
 * any         StopApplication              STOPPING for CANCELLED
 * STOPPING    all executors gone           ENDED                                     twice stop
 * </pre>
 */
enum Phase {
  NEW,
  LAUNCHING,
  PLANNING,
  REQUESTING,
  WAITING,
  DEPLOYING,
  INSTALLING,
  RUNNING,
  FINISHING,
  RECOVERING,
  RESTORING,
  STOPPING,
  ENDED
}
