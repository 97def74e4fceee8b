global using Distributed.Contracts;
global using Distributed.Sweeps;
