using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace NsiPortal.Redis;

/// <summary>The way to the server.</summary>
static class RedisSocket
{
    /// <summary>What each address of a host is given, so that one that swallows everything does not cost the others their turn.</summary>
    static readonly TimeSpan PerAddress = TimeSpan.FromMilliseconds(500);

    /// <summary>Tries the addresses of the host, both families in turn, until one answers.</summary>
    public static async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (addresses.Length == 0) throw new RedisUnavailableException("The host has no address.");
        // One of each family, then the next of each.
        var ordered = addresses.GroupBy(address => address.AddressFamily).SelectMany(family => family.Select((address, i) => (address, i))).OrderBy(pair => pair.i).Select(pair => pair.address).ToList();
        for (var i = 0; ; i++)
        {
            var socket = new Socket(ordered[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                if (i < ordered.Count - 1) limit.CancelAfter(PerAddress);
                await socket.ConnectAsync(ordered[i], port, limit.Token);
                return socket;
            }
            catch (Exception fault) when (i < ordered.Count - 1 && !cancellationToken.IsCancellationRequested && fault is SocketException or OperationCanceledException)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>TLS, with the server's name and certificate checked.</summary>
    public static async Task<Stream> SecureAsync(NetworkStream stream, RedisOptions options, CancellationToken cancellationToken)
    {
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            var authentication = new SslClientAuthenticationOptions { TargetHost = options.Host };
            if (options.TrustedRoots is { } roots)
            {
                authentication.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
                authentication.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
            }

            await secure.AuthenticateAsClientAsync(authentication, cancellationToken);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}
