global using Distributed.Sweeps;
global using ClusterUnreachableException = Distributed.Membership.ClusterUnreachableException;
global using Quantity = Distributed.Dashboard.Quantity;
