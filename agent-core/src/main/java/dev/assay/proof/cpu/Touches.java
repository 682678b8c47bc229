package dev.assay.proof.cpu;
import java.nio.LongBuffer;
final class Touches {
  final int[][] lists; final int[] counts; long sum;
  Touches(int parts,int n){lists=new int[parts][n];counts=new int[parts];}
  void clear(){java.util.Arrays.fill(counts,0);}
  void add(int part,int at){lists[part][counts[part]++]=at;}
  void run(Image image){long s=0;for(int p=0;p<lists.length;p++)s+=touch(image.partAt(p),lists[p],counts[p]);sum=s;}
  static long touch(LongBuffer b,int[] list,int count){long s=0;for(int i=0;i<count;i++)s+=b.get(list[i]);return s;}
}
