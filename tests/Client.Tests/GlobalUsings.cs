global using Distributed.Sweeps;
