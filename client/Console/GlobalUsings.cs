global using Distributed.Sweeps;
global using ClusterUnreachableException = Distributed.Membership.ClusterUnreachableException;
