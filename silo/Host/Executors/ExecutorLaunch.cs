using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Distributed.Silo.Devices;

namespace Distributed.Silo.Executors;

/// <summary>How an executor process is started.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">What comes before the pipes' handles.</param>
/// <param name="Store">The address of the store; an executor writes artifacts there.</param>
internal sealed record ExecutorLaunch(string File, IReadOnlyList<string> Arguments, string Store)
{
    /// <summary>How often an executor whose pulse moves says so. Default 10 s.</summary>
    public TimeSpan PulseEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where an executor finds the address of its store.</summary>
    public const string StoreVariable = "DISTRIBUTED_STORE";

    /// <summary>Where an executor finds the name of its slot.</summary>
    public const string SlotVariable = "DISTRIBUTED_SLOT";

    /// <summary>What telemetry calls the executor that this process is: its slot and its process.</summary>
    public static string Instance => Invariant($"{Environment.GetEnvironmentVariable(SlotVariable)}:{Environment.ProcessId}");

    private const string CudaVariable = "CUDA_VISIBLE_DEVICES";
    private const string ClusterVariables = "DISTRIBUTED__CLUSTER__";

    /// <summary>This program again, as an executor.</summary>
    public static ExecutorLaunch OfThisProgram(string store)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        bool isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] arguments = isHost ? [Assembly.GetEntryAssembly()!.Location, "executor"] : ["executor"];
        return new(program, arguments, store);
    }

    /// <summary>The start of a slot's executor. Threads are set here: a running process's native libraries do not look again.</summary>
    public ProcessStartInfo Start(string slot, SlotDevice device, string commands, string events)
    {
        ProcessStartInfo start = new(File)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in Arguments) start.ArgumentList.Add(argument);
        string pulse = PulseEvery.ToString("c", CultureInfo.InvariantCulture);
        foreach (string argument in new[] { "--commands", commands, "--events", events, "--device", device.Class, "--pulse", pulse }) start.ArgumentList.Add(argument);
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["MKL_NUM_THREADS"] = "1";
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        start.Environment[StoreVariable] = Store;
        start.Environment[SlotVariable] = slot;
        start.Environment[CudaVariable] = device.Visible;
        // What an executor needs not know, it cannot tell.
        foreach (string setting in start.Environment.Keys.Where(IsOfCluster).ToList()) start.Environment.Remove(setting);
        return start;
    }

    private static bool IsOfCluster(string variable) => variable.StartsWith(ClusterVariables, StringComparison.OrdinalIgnoreCase);
}
